package import Failures
package import FunctionContracts
package import NIOCore

/// An invocation that is in progress. It is also the handle by which the code that waits for its outcome can cancel it.
///
/// The engine and the pool record its stages here. It measures the time of each stage and informs the observer. It
/// may be used only on the engine's event loop.
package final class ActiveInvocation {
    package let invocation: Invocation
    /// Whether a running function made the invocation.
    package let isNested: Bool
    /// The function, once it has been found.
    package private(set) var function: FunctionRecord?
    /// Whether the arguments are checked against the function's schema first. The function must be known to have one.
    package var checksArguments = false
    /// Whether the worker must report the operations that the function performs.
    package var recordsOperations: Bool { observer.recordsOperations }
    /// The number of workers that ended before they began the invocation.
    package private(set) var retries = 0
    /// The failure to end the invocation with, or nil unless ``cancel(because:)`` was called.
    package private(set) var cancellation: Failure?
    /// The part of the engine that currently has the invocation. That part sets this property.
    package var holder: (any InvocationHolder)?
    /// The timers for the deadline and for the wait for a build. They end with the invocation.
    package var deadlineTimer: Scheduled<Void>?
    package var buildTimer: Scheduled<Void>?
    private let observer: any InvocationObserver
    /// The closure that receives the outcome, or nil once it has been called.
    private var onOutcome: ((Outcome) -> Void)?
    /// The pieces of the result, if it comes as a stream.
    private var result: BodyPipe?
    /// Whether the invocation has ended. One whose result comes as a stream ends after the last piece.
    package private(set) var isFinished = false
    private var path: String?
    private var generation: Int?
    private var buildHasFailed = false
    private var worker: WorkerIdentity?
    private var isCold = false
    private var timings = Outcome.Timings()
    private var stage = Stage.admitted
    /// The time at which the current stage began.
    private var since = NIODeadline.now()

    private enum Stage {
        case admitted, waitingForBuild, waitingForWorker, running
    }

    /// Admits an invocation.
    ///
    /// - Parameter onOutcome: called once, with the outcome.
    package init(
        _ invocation: Invocation, isNested: Bool = false, observer: any InvocationObserver,
        onOutcome: @escaping (Outcome) -> Void
    ) {
        self.invocation = invocation
        self.isNested = isNested
        self.observer = observer
        self.onOutcome = onOutcome
        observer.admitted(invocation)
    }

    /// Whether a worker has the invocation.
    package var isRunning: Bool { stage == .running }

    /// Ends the invocation as soon as possible: drops it if it waits, and cancels its task if it runs.
    ///
    /// - Parameter failure: the failure of a call that is dropped.
    package func cancel(because failure: Failure = .callerGone) {
        guard cancellation == nil, !isFinished else { return }
        cancellation = failure
        holder?.cancelled(self)
    }

    /// Cancels the invocation because its caller has gone, unless nobody waits for it anyway.
    package func callerHasGone() {
        if invocation.delivery == .wait { cancel() }
    }

    // MARK: - Stages

    /// Records the function and the generation that will run the invocation.
    package func resolved(_ function: FunctionRecord?, path: String, generation: Int, buildHasFailed: Bool) {
        self.function = function
        self.path = path
        self.generation = generation
        self.buildHasFailed = buildHasFailed
    }

    /// Records that the invocation waits. Repeated calls for the same wait have no effect.
    package func waits(for reason: WaitReason) {
        let next = reason == .build ? Stage.waitingForBuild : .waitingForWorker
        guard stage != next else { return }
        enter(next)
        observer.queued(invocation, for: reason)
    }

    /// Records that the invocation is handed to a worker.
    ///
    /// - Parameter start: for the worker's first call, the time at which its process was started and the time at
    ///   which it was ready.
    package func starts(on worker: WorkerIdentity, start: (began: NIODeadline, ready: NIODeadline)? = nil) {
        let (waitedFor, waitedSince) = (stage, since)
        enter(.running)
        if case .waitingForWorker = waitedFor, let start, start.ready > waitedSince {
            // This is the part of the waiting time in which the worker was being started.
            let starting = max(.zero, start.ready - max(start.began, waitedSince))
            timings.start = timings.start + starting
            timings.queue = timings.queue - starting
            isCold = true
        }
        self.worker = worker
        if let function { observer.started(invocation, function, on: worker, isCold: isCold) }
    }

    /// Records that the worker ended before it began the invocation. The time at that worker counts as waiting time.
    package func wasNotBegun() {
        retries += 1
        worker = nil
        isCold = false
        stage = .admitted
        enter(.admitted)
    }

    /// Passes on a result whose pieces will follow. The invocation continues until it is finished, which also ends the
    /// stream.
    package func returns(_ pieces: BodyPipe, on eventLoop: any EventLoop) {
        guard let onOutcome, !isFinished else { return pieces.end() }
        self.onOutcome = nil
        result = pieces
        onOutcome(outcome(.success(.stream(NIOLoopBound(pieces, eventLoop: eventLoop)))))
    }

    /// Ends the invocation. Any later outcome is ignored.
    ///
    /// - Parameters:
    ///   - backtrace: the frames of the worker's stack, if the function crashed.
    ///   - beforeDelivery: called after the observer is informed and before the outcome is delivered.
    package func finish(
        _ result: Result<ByteBuffer, Failure>, backtrace: [String] = [], beforeDelivery: () -> Void = {}
    ) {
        guard !isFinished else { return beforeDelivery() }
        isFinished = true
        let onOutcome = onOutcome
        self.onOutcome = nil
        holder = nil
        deadlineTimer?.cancel()
        buildTimer?.cancel()
        invocation.body?.value.end()
        enter(stage)
        var outcome = outcome(result.map(Body.buffered))
        outcome.backtrace = backtrace
        observer.finished(invocation, outcome)
        beforeDelivery()
        onOutcome?(outcome)
        if let failure = outcome.failure { self.result?.fail(failure) } else { self.result?.finish() }
    }

    private func outcome(_ result: Result<Body, Failure>) -> Outcome {
        var outcome = Outcome(result)
        outcome.timings = timings
        outcome.function = path
        outcome.generation = generation
        outcome.buildHasFailed = buildHasFailed
        outcome.worker = worker
        outcome.isCold = isCold
        return outcome
    }

    /// Adds the time of the current stage to the timings, and begins the next stage.
    private func enter(_ next: Stage) {
        let now = NIODeadline.now(), time = now - since
        switch stage {
        case .waitingForBuild: timings.build = timings.build + time
        case .admitted, .waitingForWorker: timings.queue = timings.queue + time
        case .running: timings.run = timings.run + time
        }
        stage = next
        since = now
    }
}

/// A part of the engine that holds invocations, and ends those that are cancelled. It releases them once they are
/// finished.
package protocol InvocationHolder: AnyObject {
    /// Handles the cancellation of an invocation that this object holds.
    func cancelled(_ call: ActiveInvocation)
}
