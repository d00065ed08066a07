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
    /// The number of workers that ended before they began the invocation.
    package private(set) var retries = 0
    /// The failure that the invocation is to end with, once ``cancel(because:)`` was called.
    package private(set) var cancellation: Failure?
    /// Removes the invocation from whatever holds it. The holder sets this closure.
    package var onCancel: (() -> Void)?
    /// The timers for the deadline and for the wait for a build. They end with the invocation.
    package var deadlineTimer: Scheduled<Void>?
    package var buildTimer: Scheduled<Void>?
    private let observer: any InvocationObserver
    private var onOutcome: ((Outcome) -> Void)?
    private var outcome = Outcome(.failure(.stopping))
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

    /// Whether the invocation has an outcome.
    package var isFinished: Bool { onOutcome == nil }

    /// Ends the invocation as soon as possible: drops it if it waits, and cancels its task if it runs.
    ///
    /// - Parameter failure: the failure of a call that is dropped.
    package func cancel(because failure: Failure = .callerGone) {
        guard cancellation == nil, !isFinished else { return }
        cancellation = failure
        onCancel?()
    }

    /// Cancels the invocation because its caller has gone, unless nobody waits for it anyway.
    package func callerHasGone() {
        if invocation.delivery == .wait { cancel() }
    }

    // MARK: - Stages

    /// Records the function and the generation that are to run the invocation.
    package func resolved(_ function: FunctionRecord?, path: String, generation: Int, buildHasFailed: Bool) {
        self.function = function
        outcome.function = path
        outcome.generation = generation
        outcome.buildHasFailed = buildHasFailed
    }

    /// Records that the invocation waits.
    package func waits(for reason: WaitReason) {
        enter(reason == .build ? .waitingForBuild : .waitingForWorker)
        observer.queued(invocation, for: reason)
    }

    /// Records that the invocation is handed to a worker.
    ///
    /// - Parameter start: for the worker's first call, the time at which its process was started and the time at
    ///   which it was ready.
    package func starts(on worker: WorkerIdentity, start: (began: NIODeadline, ready: NIODeadline)? = nil) {
        let waitedSince = since
        enter(.running)
        if let start, start.ready > waitedSince {
            // This is the part of the waiting time in which the worker was being started.
            let starting = max(.zero, start.ready - max(start.began, waitedSince))
            outcome.timings.start = outcome.timings.start + starting
            outcome.timings.queue = outcome.timings.queue - starting
            outcome.isCold = true
        }
        outcome.worker = worker
        if let function { observer.started(invocation, function, on: worker, isCold: outcome.isCold) }
    }

    /// Records that the worker ended before it began the invocation.
    package func wasNotBegun() {
        retries += 1
        outcome.worker = nil
        outcome.isCold = false
        // The time at that worker counts as waiting time.
        let now = NIODeadline.now()
        outcome.timings.queue = outcome.timings.queue + (now - since)
        since = now
        stage = .admitted
    }

    /// Ends the invocation. Any later outcome is ignored.
    package func finish(_ result: Result<ByteBuffer, Failure>) {
        guard let onOutcome else { return }
        self.onOutcome = nil
        onCancel = nil
        deadlineTimer?.cancel()
        buildTimer?.cancel()
        enter(stage)
        outcome.result = result
        observer.finished(invocation, outcome)
        onOutcome(outcome)
    }

    /// Adds the time of the current stage to the outcome, and begins the next stage.
    private func enter(_ next: Stage) {
        let now = NIODeadline.now(), time = now - since
        switch stage {
        case .waitingForBuild: outcome.timings.build = outcome.timings.build + time
        case .admitted, .waitingForWorker: outcome.timings.queue = outcome.timings.queue + time
        case .running: outcome.timings.run = outcome.timings.run + time
        }
        stage = next
        since = now
    }
}
