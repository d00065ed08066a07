import Glibc
import Synchronization
import TestSupport
import Testing

@testable import FileWatching

@Suite("Changes of watched folders", .supervised)
struct FolderChangesTests {
    /// A gate that holds up its callers while it is closed.
    private final class Gate: Sendable {
        let isClosed = Atomic(false)
        let holdsSomebody = Atomic(false)

        func pass() {
            while isClosed.load(ordering: .sequentiallyConsistent) {
                holdsSomebody.store(true, ordering: .sequentiallyConsistent)
                sched_yield()
            }
        }
    }

    @Test func aFileWrittenIntoAFolderNotWatchedYetIsReported() async throws {
        var watched = try Watched()
        for round in 0..<300 {
            let folder = "functions/a\(round)/b/c"
            watched.scratch.makeFolder(folder)
            watched.scratch.writeAtOnce("x", to: folder + "/d.swift")
            let paths = await watched.paths()
            #expect(paths.contains(folder + "/d.swift"))
            watched.scratch.writeAtOnce("y", to: folder + "/d.swift")
            let later = await watched.paths()
            #expect(later.contains(folder + "/d.swift"))
        }
    }

    @Test func filesOfManyNewFoldersAreReportedWhileAnotherProcessMakesThem() async throws {
        let watched = try Watched()
        let scratch = watched.scratch
        let writer = Task {
            let command =
                "mkdir -p functions/$i/x/y && echo > functions/$i/x/y/f.swift && echo > functions/$i/x/g.swift"
            scratch.shell("for i in $(seq 200); do \(command); done; touch functions/end.swift")
        }
        var seen: Set<String> = []
        for await changes in watched.watcher.changes {
            seen.formUnion(changes.paths)
            if seen.contains(scratch("functions/end.swift")) { break }
        }
        await writer.value
        #expect(seen.count == 401)
    }

    @Test func filesOfDeletedAndMovedFoldersAreReported() async throws {
        var watched = try Watched {
            $0.makeFolder("functions/a/b")
            $0.makeFolder("outside/c")
            $0.write("x", to: "functions/a/b/f.swift")
            $0.write("x", to: "outside/c/g.swift")
            $0.write("x", to: "outside/c/g.txt")
        }
        let scratch = watched.scratch
        scratch.move("functions/a", to: "functions/z")
        #expect(await watched.paths() == ["functions/a/b/f.swift", "functions/z/b/f.swift"])
        scratch.write("y", to: "functions/z/b/f.swift")
        #expect(await watched.paths() == ["functions/z/b/f.swift"])
        scratch.move("outside", to: "functions/in")
        #expect(await watched.paths() == ["functions/in/c/g.swift"])
        scratch.write("y", to: "functions/in/c/g.swift")
        #expect(await watched.paths() == ["functions/in/c/g.swift"])
        scratch.move("functions/in", to: "out")
        #expect(await watched.paths() == ["functions/in/c/g.swift"])
        scratch.write("y", to: "out/c/g.swift")
        #expect(await watched.paths().isEmpty)
        scratch.shell("rm -r functions/z")
        #expect(await watched.paths() == ["functions/z/b/f.swift"])
    }

    @Test func watchesOfFoldersThatLeftAreEnded() throws {
        let watched = try Watched { $0.makeFolder("functions/a/b") }
        guard case .events(let inotify) = watched.watcher.core.source else {
            Issue.record("no events")
            return
        }
        func watches() -> Int {
            let text = TextFile.read("/proc/self/fdinfo/\(inotify.descriptor)") ?? ""
            return text.split(separator: "\n").count { $0.hasPrefix("inotify wd:") }
        }
        // The parent, the folder itself, and the two folders in it.
        #expect(watches() == 4)
        watched.scratch.move("functions/a", to: "a")
        _ = watched.watcher.changeCount()
        #expect(watches() == 2)
    }

    @Test func aFolderDeletedAndMadeAgainIsWatchedAgain() async throws {
        var watched = try Watched {
            $0.makeFolder("functions/a")
            $0.write("x", to: "functions/a/f.swift")
        }
        for _ in 0..<20 {
            watched.scratch.shell("rm -r functions; mkdir -p functions/a; echo > functions/a/f.swift")
            let changes = try #require(await watched.changes())
            #expect(changes.everything)
            watched.scratch.write("y", to: "functions/a/f.swift")
            let later = try #require(await watched.changes())
            #expect(later.paths == ["functions/a/f.swift"])
            #expect(!later.everything)
        }
    }

    @Test func aProjectDeletedAndMadeAgainIsWatchedAgainThoughAProcessStaysInIt() async throws {
        let scratch = try Scratch()
        scratch.makeFolder("home/project/functions")
        let watcher = try FileWatcher(scope: WatchScope(folders: [scratch("home/project/functions")]))
        let stay = unsafe open(scratch("home/project"), O_RDONLY | O_CLOEXEC)
        for _ in 0..<5 {
            scratch.shell("rm -r home/project")
            _ = watcher.changeCount()
            scratch.makeFolder("home/project/functions")
            _ = watcher.changeCount()
            let before = watcher.changeCount()
            scratch.write("x", to: "home/project/functions/a.swift")
            #expect(watcher.changeCount() > before)
        }
        close(stay)
    }

    @Test func aFolderThatDoesNotExistIsWatchedOnceItDoes() async throws {
        let scratch = try Scratch()
        let watcher = try FileWatcher(scope: WatchScope(folders: [scratch("a/b/functions/")]))
        #expect(watcher.changeCount() == 0)
        scratch.makeFolder("a/b/functions")
        scratch.write("x", to: "a/b/functions/f.swift")
        #expect(watcher.changeCount() > 0)
        var iterator = watcher.changes.makeAsyncIterator()
        let changes = await iterator.next()
        #expect(changes?.paths == [scratch("a/b/functions/f.swift")])
    }

    @Test func anOverflowOfTheQueueMeansEverything() async throws {
        let scratch = try Scratch()
        let gate = Gate()
        let limit = try #require(Int(Scratch.shell("cat /proc/sys/fs/inotify/max_queued_events").dropLast()))
        try #require(limit <= 100_000, "the queue is too long to be filled in a test")
        scratch.makeFolder("functions")
        // The reader of the queue is held up at the first event until more events have occurred than the queue holds.
        let scope = WatchScope(folders: [scratch("functions")]) { path in
            gate.pass()
            return path.hasSuffix(".swift")
        }
        let watcher = try FileWatcher(scope: scope)
        gate.isClosed.store(true, ordering: .sequentiallyConsistent)
        scratch.write("x", to: "functions/a.swift")
        try await eventually("somebody is held") { gate.holdsSomebody.load(ordering: .sequentiallyConsistent) }
        let files = ["a", "b"].map { scratch.openFile("functions/\($0).txt") }
        for round in 0..<limit + 100 { scratch.put("x", into: files[round % 2]) }
        files.forEach { close($0) }
        scratch.makeFolder("functions/late")
        scratch.write("x", to: "functions/late/b.swift")
        gate.isClosed.store(false, ordering: .sequentiallyConsistent)
        _ = watcher.changeCount()
        var iterator = watcher.changes.makeAsyncIterator()
        let changes = try #require(await iterator.next())
        #expect(changes.everything)
        #expect(changes.paths.contains(scratch("functions/late/b.swift")))
        let before = watcher.changeCount()
        scratch.write("y", to: "functions/late/b.swift")
        #expect(watcher.changeCount() > before)
    }
}
