import Failures
import Synchronization
import TestSupport
import Testing

@testable import Workspace

@Suite(.supervised)
struct ServicesTests {
    /// The events that services record, in order.
    private final class Log: Sendable {
        private let stored = Mutex<[String]>([])
        var lines: [String] { stored.withLock(\.self) }
        func add(_ line: String) { stored.withLock { $0.append(line) } }
    }

    /// A service that records when it begins, is told to stop, and has ended. It can also be made to fail or to end
    /// by itself.
    private struct Recorded: Service {
        var name: String
        let log: Log
        var end: OneTimeEvent?
        var failure: Failure?

        func run(until stop: OneTimeEvent) async throws {
            log.add("\(name) begins")
            if let end {
                await end.wait()
                if let failure { throw failure }
                return
            }
            await stop.wait()
            log.add(Task.isCancelled ? "\(name) is cancelled" : "\(name) is to stop")
            // Lets anything else run that would come in between.
            await Task.yield()
            log.add("\(name) has ended")
        }
    }

    private struct Failure: Error, Equatable {}

    @Test func theyStopOneAfterTheOtherTheLastOneFirst() async throws {
        let log = Log(), stop = OneTimeEvent()
        let run = Task { try await Services.run(["a", "b", "c"].map { Recorded(name: $0, log: log) }, until: stop) }
        try await eventually("all have begun") { log.lines.count == 3 }
        stop.occur()
        try await run.value
        #expect(Set(log.lines.prefix(3)) == ["a begins", "b begins", "c begins"])
        #expect(
            log.lines.dropFirst(3) == [
                "c is to stop", "c has ended", "b is to stop", "b has ended", "a is to stop", "a has ended",
            ])
    }

    @Test func theErrorOfOneEndsTheOthers() async throws {
        let log = Log(), end = OneTimeEvent()
        let services = [
            Recorded(name: "a", log: log), Recorded(name: "b", log: log, end: end, failure: Failure()),
        ]
        let run = Task { try await Services.run(services, until: OneTimeEvent()) }
        try await eventually("both have begun") { log.lines.count == 2 }
        end.occur()
        await #expect(throws: Failure()) { try await run.value }
        #expect(log.lines.suffix(2) == ["a is cancelled", "a has ended"])
    }

    @Test func oneThatEndsUntoldIsAnError() async throws {
        let log = Log(), end = OneTimeEvent()
        end.occur()
        let services = [Recorded(name: "a", log: log), Recorded(name: "b", log: log, end: end)]
        await #expect(throws: Failures.Failure.self) { try await Services.run(services, until: OneTimeEvent()) }
        #expect(log.lines.last == "a has ended")
    }

    @Test func aServiceThatEndsDuringTheStopIsNoError() async throws {
        let log = Log(), end = OneTimeEvent(), stop = OneTimeEvent()
        stop.occur()
        end.occur()
        let services = [Recorded(name: "a", log: log, end: end), Recorded(name: "b", log: log)]
        try await Services.run(services, until: stop)
    }
}

@Suite(.supervised)
struct OneTimeEventTests {
    @Test func whoeverWaitsGoesOnOnceItOccurs() async {
        let event = OneTimeEvent()
        await withTaskGroup { group in
            for _ in 0..<5 { group.addTask { await event.wait() } }
            group.addTask { event.occur() }
        }
        await event.wait()
    }

    @Test func whoIsCancelledGoesOnAlone() async throws {
        let event = OneTimeEvent(), hasBegun = Atomic(false)
        let cancelled = Task { await event.wait() }
        cancelled.cancel()
        await cancelled.value
        let waiting = Task {
            hasBegun.store(true, ordering: .relaxed)
            await event.wait()
            return event.hasOccurred
        }
        try await eventually("the other waits") { hasBegun.load(ordering: .relaxed) }
        event.occur()
        #expect(await waiting.value)
    }

    @Test func theHandlerRunsOnceWhileTheOperationDoes() async {
        let event = OneTimeEvent()
        let count = Atomic(0)
        let result = await event.during {
            event.occur()
            event.occur()
            return 7
        } onOccurrence: {
            count.add(1, ordering: .relaxed)
        }
        #expect(result == 7)
        #expect(count.load(ordering: .relaxed) == 1)

        let early = Atomic(0)
        await event.during {
            #expect(early.load(ordering: .relaxed) == 1, "it has occurred")
        } onOccurrence: {
            early.add(1, ordering: .relaxed)
        }
    }

    @Test func anOperationThatIsOverHearsNothing() async {
        let event = OneTimeEvent()
        let count = Atomic(0)
        await event.during {
        } onOccurrence: {
            count.add(1, ordering: .relaxed)
        }
        event.occur()
        #expect(count.load(ordering: .relaxed) == 0)
    }
}
