import Glibc
import Testing

@testable import FileWatching

@Suite("Waiting for files that are being written", .timeLimit(.minutes(1)))
struct SettlingTests {
    @Test func aFileThatStaysOpenIsWaitedForUntilItIsQuiet() async throws {
        let watched = try Watched()
        let start = ContinuousClock.now
        let file = watched.scratch.openFile("functions/a.swift")
        watched.scratch.put("x", into: file)
        await watched.watcher.settle()
        #expect(.now - start >= HalfWrites.quiet)
        close(file)
    }

    @Test func anEmptiedFileIsWaitedForUntilItIsQuiet() async throws {
        let watched = try Watched { $0.write("x", to: "functions/a.swift") }
        let start = ContinuousClock.now
        watched.scratch.write("", to: "functions/a.swift")
        await watched.watcher.settle()
        #expect(.now - start >= HalfWrites.quiet)
    }

    @Test func aFileThatIsClosedIsNotWaitedFor() async throws {
        let watched = try Watched()
        watched.scratch.write("x", to: "functions/a.swift")
        watched.scratch.write("", to: "functions/a.txt")
        #expect(watched.watcher.core.settlingTime() == nil)
        watched.scratch.move("functions/a.swift", to: "functions/b.swift")
        #expect(watched.watcher.core.settlingTime() == nil)
    }

    @Test func aFileWrittenWithoutEndIsWaitedForOneSecond() async throws {
        let watched = try Watched()
        let scratch = watched.scratch
        let file = scratch.openFile("functions/a.swift")
        let writer = Task.detached {
            while !Task.isCancelled {
                scratch.put("x", into: file)
                sched_yield()
            }
        }
        #expect(try await eventually { watched.watcher.changeCount() > 0 })
        // On a busy machine the writer itself may be quiet for too long now and then.
        var elapsed = Duration.zero
        for _ in 0..<10 where elapsed < .seconds(1) {
            let start = ContinuousClock.now
            await watched.watcher.settle()
            elapsed = .now - start
        }
        writer.cancel()
        await writer.value
        close(file)
        #expect(elapsed >= .seconds(1))
    }

    @Test func cancellingEndsTheWait() async throws {
        let watched = try Watched()
        let file = watched.scratch.openFile("functions/a.swift")
        let watcher = watched.watcher
        let wait = Task { await watcher.settle() }
        wait.cancel()
        await wait.value
        close(file)
    }
}
