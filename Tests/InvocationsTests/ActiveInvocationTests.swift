import Failures
import FunctionContracts
import Invocations
import NIOCore
import TestSupport
import Testing

/// Tests that the parts of an invocation's time are those of its stages.
@Suite(.supervised)
struct ActiveInvocationTests {
    private final class Nobody: InvocationObserver {}

    private final class Holder: InvocationHolder {
        var cancelled = 0

        func cancelled(_ call: ActiveInvocation) { cancelled += 1 }
    }

    private let worker = WorkerIdentity(pid: 1, generation: 2)

    private func outcome(_ stages: (ActiveInvocation) -> Void) throws -> Outcome {
        var outcome: Outcome?
        let invocation = Invocation(cause: .http, target: try FunctionName("a.b"))
        let call = ActiveInvocation(invocation, observer: Nobody()) { outcome = $0 }
        stages(call)
        call.finish(.success(ByteBuffer()))
        call.finish(.failure(.stopping))
        #expect(call.isFinished)
        return try #require(outcome)
    }

    @Test func aWaitForABuildIsNoStartOfAWorker() throws {
        let outcome = try outcome { call in
            let began = NIODeadline.now()
            call.waits(for: .build)
            call.starts(on: worker, start: (began: began, ready: .now()))
        }
        #expect(outcome.timings.build > .zero && outcome.timings.start == .zero && outcome.timings.queue >= .zero)
        #expect(!outcome.isCold && outcome.worker == worker)
        #expect(outcome.failure == nil, "the first outcome counts")
    }

    @Test func theStartOfAWorkerIsTakenFromTheWait() throws {
        let outcome = try outcome { call in
            call.waits(for: .worker)
            let began = NIODeadline.now()
            call.starts(on: worker, start: (began: began, ready: .now()))
        }
        #expect(outcome.isCold && outcome.timings.start > .zero && outcome.timings.queue > .zero)
        #expect(outcome.timings.build == .zero)
    }

    @Test func aWorkerThatNeverBeganItIsNotTheOneThatRanIt() throws {
        let outcome = try outcome { call in
            call.starts(on: worker)
            call.wasNotBegun()
            #expect(call.retries == 1 && !call.isRunning)
        }
        #expect(outcome.worker == nil)
        #expect(outcome.timings.run > .zero || outcome.timings.queue > .zero)
    }

    @Test func isCancelledOnce() throws {
        let holder = Holder()
        _ = try outcome { call in
            call.holder = holder
            call.cancel(because: .stopping)
            call.callerHasGone()
            #expect(call.cancellation?.code == .stopping)
        }
        #expect(holder.cancelled == 1)
    }
}
