import Glibc
import TestSupport
import Testing

@testable import FileWatching

@Suite("Beginning and end of a watcher", .supervised)
struct LifecycleTests {
    /// Returns the number of entries in a folder below `/proc/self`; other tests add and remove some in the meantime.
    private static func entries(of folder: String) -> Int {
        (try? FolderListing.names(in: "/proc/self/" + folder).count) ?? 0
    }

    @Test(arguments: [false, true]) func descriptorsAndThreadsAreFreed(byClosing: Bool) async throws {
        let scratch = try Scratch()
        let descriptors = Self.entries(of: "fd")
        let threads = Self.entries(of: "task")
        for _ in 0..<100 {
            let watcher = try FileWatcher(scope: WatchScope(folders: [scratch.path]))
            #expect(watcher.changeCount() == 0)
            if byClosing {
                watcher.close()
                watcher.close()
            }
        }
        try await eventually("the descriptors are closed") { Self.entries(of: "fd") < descriptors + 50 }
        try await eventually("the threads have ended") { Self.entries(of: "task") < threads + 50 }
    }

    @Test func descriptorsCloseOnExecAndDoNotBlock() throws {
        let inotify = try Inotify()
        let signal = try WakeSignal()
        for descriptor in [inotify.descriptor, signal.descriptor] {
            #expect(fcntl(descriptor, F_GETFD) == FD_CLOEXEC)
            #expect(fcntl(descriptor, F_GETFL) & O_NONBLOCK != 0)
        }
    }

    @Test func theSequenceEndsOnceItsRestIsRead() async throws {
        let watched = try Watched()
        watched.scratch.write("x", to: "functions/a.swift")
        let count = watched.watcher.changeCount()
        watched.watcher.close()
        watched.scratch.write("x", to: "functions/b.swift")
        #expect(watched.watcher.changeCount() == count)
        await watched.watcher.settle()
        var elements: [FileChanges] = []
        for await changes in watched.watcher.changes { elements.append(changes) }
        #expect(elements.map(\.count) == [count])
    }

    @Test func theSequenceEndsWithTheWatcher() async throws {
        let scratch = try Scratch()
        var watcher: FileWatcher? = try FileWatcher(scope: WatchScope(folders: [scratch.path]))
        let changes = try #require(watcher).changes
        let reader = Task { for await _ in changes {} }
        watcher = nil
        await reader.value
    }

    @Test func aReaderThatIsCancelledLosesNothingForTheNext() async throws {
        let watched = try Watched()
        let changes = watched.watcher.changes
        let first = Task { for await _ in changes {} }
        first.cancel()
        await first.value
        watched.scratch.write("x", to: "functions/a.swift")
        var iterator = changes.makeAsyncIterator()
        #expect(await iterator.next()?.paths == [watched.scratch("functions/a.swift")])
    }

    @Test func whatNobodyReadIsOneElement() async throws {
        let watched = try Watched()
        for name in ["a", "b", "c"] {
            watched.scratch.write("x", to: "functions/\(name).swift")
            _ = watched.watcher.changeCount()
        }
        var iterator = watched.watcher.changes.makeAsyncIterator()
        let changes = await iterator.next()
        #expect(changes?.paths.count == 3)
        #expect(changes?.count == watched.watcher.changeCount())
    }
}
