import Failures
import Glibc
import TestSupport
import Testing

@testable import FileWatching

@Suite("Limits of the kernel", .supervised)
struct LimitsTests {
    @Test func anExhaustedWatchLimitIsAnErrorThatNamesIt() throws {
        let scratch = try Scratch()
        scratch.shell("mkdir -p a/b/c/d/e")
        let error = try #require(throws: FileWatchingError.self) {
            _ = try FileWatcher(scope: WatchScope(folders: [scratch.path]), options: .init(maximumWatches: 4))
        }
        guard case .noWatchLeft = error else { throw error }
        #expect(error.failure.description.contains("sudo sysctl fs.inotify.max_user_watches="))
        #expect(error.failure.description.contains(scratch.path))
    }

    @Test func anExhaustedInstanceLimitIsAnErrorThatNamesIt() {
        let error = FileWatchingError.starting(systemError: EMFILE)
        #expect(error == .noInstanceLeft)
        #expect(error.failure.description.contains("sudo sysctl fs.inotify.max_user_instances="))
        #expect(!error.failure.description.contains("all ?"))
    }

    @Test func otherErrorsNameTheCallAndThePath() {
        let error = FileWatchingError.watching("/a", systemError: ENOMEM)
        #expect(error.failure.description == "inotify_add_watch failed for /a: Cannot allocate memory")
    }

    @Test func filesAreComparedOnceAFolderCannotBeWatched() async throws {
        let scratch = try Scratch()
        scratch.makeFolder("functions")
        let scope = WatchScope(folders: [scratch("functions")])
        let watcher = try FileWatcher(scope: scope, options: .init(maximumWatches: 3))
        #expect(watcher.receivesEvents)
        scratch.makeFolder("functions/a/b/c/d")
        scratch.write("x", to: "functions/a/b/c/d/f.swift")
        let first = watcher.changeCount()
        #expect(first > 0)
        #expect(!watcher.receivesEvents)
        #expect(watcher.comparisonReason?.contains("max_user_watches") == true)
        scratch.write("longer", to: "functions/a/b/c/d/f.swift")
        let second = watcher.changeCount()
        #expect(second > first)
        var iterator = watcher.changes.makeAsyncIterator()
        #expect(await iterator.next()?.count == second)
        scratch.write("longer still", to: "functions/a/b/c/d/f.swift")
        #expect(await iterator.next()?.paths == [scratch("functions/a/b/c/d/f.swift")])
    }
}
