import Glibc
import TestSupport
import Testing

@testable import FileWatching

@Suite("Waiting for files that are being written", .supervised)
struct SettlingTests {
    @Test func aFileThatStaysOpenIsWaitedForUntilItIsQuiet() async throws {
        let watched = try Watched()
        let start = ContinuousClock.now
        let file = watched.scratch.openFile("functions/a.swift")
        watched.scratch.put("x", into: file)
        await watched.watcher.settle()
        #expect(.now - start >= FileWatcher.Options().quiet)
        close(file)
    }

    @Test func anEmptiedFileIsWaitedForUntilItIsQuiet() async throws {
        let watched = try Watched { $0.write("x", to: "functions/a.swift") }
        let start = ContinuousClock.now
        watched.scratch.write("", to: "functions/a.swift")
        await watched.watcher.settle()
        #expect(.now - start >= FileWatcher.Options().quiet)
    }

    @Test func aFileThatIsClosedIsNotWaitedFor() async throws {
        let watched = try Watched()
        watched.scratch.write("x", to: "functions/a.swift")
        watched.scratch.write("", to: "functions/a.txt")
        #expect(watched.watcher.core.settlingTime() == nil)
        watched.scratch.move("functions/a.swift", to: "functions/b.swift")
        #expect(watched.watcher.core.settlingTime() == nil)
    }

    @Test func aFileThatIsNeverQuietIsWaitedForOneSecond() async throws {
        // A quiet time that never passes, as if events for the file kept coming.
        let watched = try Watched(options: .init(quiet: .seconds(3600)))
        let file = watched.scratch.openFile("functions/a.swift")
        defer { close(file) }
        watched.scratch.put("x", into: file)
        let start = ContinuousClock.now
        await watched.watcher.settle()
        #expect(.now - start >= .seconds(1))
        #expect(watched.watcher.core.settlingTime() != nil)
    }

    @Test func cancellingEndsTheWait() async throws {
        let watched = try Watched(options: .init(quiet: .seconds(3600), longestSettling: .seconds(3600)))
        let file = watched.scratch.openFile("functions/a.swift")
        defer { close(file) }
        watched.scratch.put("x", into: file)
        let watcher = watched.watcher
        #expect(watcher.core.settlingTime() != nil)
        let wait = Task { await watcher.settle() }
        // Without this, the task would wait for an hour.
        wait.cancel()
        await wait.value
        #expect(watcher.core.settlingTime() != nil, "the file is half-written still")
    }

    @Test func aHalfWrittenFileThatVanishesIsNotWaitedFor() async throws {
        let watched = try Watched(options: .init(quiet: .seconds(3600), longestSettling: .seconds(3600)))
        let file = watched.scratch.openFile("functions/a.swift")
        defer { close(file) }
        watched.scratch.put("x", into: file)
        #expect(watched.watcher.core.settlingTime() != nil)
        watched.scratch.delete("functions/a.swift")
        #expect(watched.watcher.core.settlingTime() == nil)
        await watched.watcher.settle()
    }

    @Test func aHalfWrittenFileThatIsMovedAwayIsNotWaitedFor() async throws {
        let watched = try Watched(options: .init(quiet: .seconds(3600), longestSettling: .seconds(3600)))
        let file = watched.scratch.openFile("functions/a.swift")
        defer { close(file) }
        watched.scratch.put("x", into: file)
        watched.scratch.move("functions/a.swift", to: "elsewhere.swift")
        #expect(watched.watcher.core.settlingTime() == nil)
    }

    @Test func onlyFilesWithoutEventsForSoLongCountAsWritten() {
        let start = ContinuousClock.now
        var files = HalfWrites(quiet: .milliseconds(50))
        #expect(files.remaining(at: start) == nil)
        files.note("a", at: start)
        files.note("b", at: start + .milliseconds(20))
        #expect(files.remaining(at: start + .milliseconds(30)) == .milliseconds(40))
        files.finish("b")
        #expect(files.remaining(at: start + .milliseconds(49)) == .milliseconds(1))
        #expect(files.remaining(at: start + .milliseconds(50)) == nil)
        files.note("a", at: start + .milliseconds(60))
        files.note("a", at: start + .milliseconds(100))
        #expect(files.remaining(at: start + .milliseconds(120)) == .milliseconds(30))
    }
}
