package import Failures
package import FunctionContracts
package import NIOCore

/// An invocation on its way, and the handle by which whoever waits for its outcome may cancel it.
///
/// Engine and pool say here what becomes of it; it keeps the times and tells the observer. Lives on the engine's event loop.
package final class ActiveInvocation {
    package let invocation: Invocation
    /// Whether a function that runs makes it.
    package let isNested: Bool
    /// The function, once it is found.
    package private(set) var function: FunctionRecord?
    /// Whether arguments are checked against the function's schema first; it must be known that there is one.
    package var checksArguments = false
    /// The number of workers that ended before they began it.
    package private(set) var retries = 0
    /// The failure that it is to end with, once ``cancel(because:)`` was called.
    package private(set) var cancellation: Failure?
    /// Takes it out of wherever it is; set by whoever has it.
    package var onCancel: (() -> Void)?
    /// Timers that end with it: of its deadline, and of its wait for a build.
    package var deadlineTimer: Scheduled<Void>?
    package var buildTimer: Scheduled<Void>?
    private let observer: any InvocationObserver
    private var onOutcome: ((Outcome) -> Void)?
    private var outcome = Outcome(.failure(.stopping))
    private var stage = Stage.admitted
    /// The time at which its stage began.
    private var since = NIODeadline.now()

    private enum Stage {
        case admitted, waitingForBuild, waitingForWorker, running
    }

    /// Admits an invocation.
    ///
    /// - Parameter onOutcome: Called once, with its outcome.
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

    /// Whether a worker has it.
    package var isRunning: Bool { stage == .running }

    /// Whether it has an outcome.
    package var isFinished: Bool { onOutcome == nil }

    /// Ends it as soon as that can be: one that waits is dropped, the task of one that runs is cancelled.
    ///
    /// - Parameter failure: The failure of a call that is dropped.
    package func cancel(because failure: Failure = .callerGone) {
        guard cancellation == nil, !isFinished else { return }
        cancellation = failure
        onCancel?()
    }

    /// Cancels it because whoever asked for it has gone, unless nobody waits for it anyway.
    package func callerHasGone() {
        if invocation.delivery == .wait { cancel() }
    }

    // MARK: - Its stages

    /// Says which generation is to run it.
    package func resolved(_ function: FunctionRecord?, path: String, generation: Int, buildHasFailed: Bool) {
        self.function = function
        outcome.function = path
        outcome.generation = generation
        outcome.buildHasFailed = buildHasFailed
    }

    /// Says that it waits.
    package func waits(for reason: WaitReason) {
        enter(reason == .build ? .waitingForBuild : .waitingForWorker)
        observer.queued(invocation, for: reason)
    }

    /// Says that a worker is handed it.
    ///
    /// - Parameter start: For the worker's first call, the time at which its process was started and the one at which it was ready.
    package func starts(on worker: WorkerIdentity, start: (began: NIODeadline, ready: NIODeadline)? = nil) {
        let waitedSince = since
        enter(.running)
        if let start, start.ready > waitedSince {
            // Of the time that it waited, the part in which its worker was being started.
            let starting = max(.zero, start.ready - max(start.began, waitedSince))
            outcome.timings.start = outcome.timings.start + starting
            outcome.timings.queue = outcome.timings.queue - starting
            outcome.isCold = true
        }
        outcome.worker = worker
        if let function { observer.started(invocation, function, on: worker, isCold: outcome.isCold) }
    }

    /// Says that its worker ended before it began it.
    package func wasNotBegun() {
        retries += 1
        outcome.worker = nil
        outcome.isCold = false
        // What it lost there is time that it waited.
        let now = NIODeadline.now()
        outcome.timings.queue = outcome.timings.queue + (now - since)
        since = now
        stage = .admitted
    }

    /// Ends it; whatever comes after the first outcome is ignored.
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

    /// Counts the time that its stage took, and begins the next.
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
