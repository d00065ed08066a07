package import Failures
package import Invocations

/// An observer of the calls and the workers of a pool.
package typealias PoolObserver = InvocationObserver & WorkerObserver

/// An observer of the worker processes that start and end. The methods are called on the engine's event loop and must
/// not block.
package protocol WorkerObserver: AnyObject {
    /// Tells the observer that a process was started.
    func workerStarted(_ worker: WorkerIdentity)
    /// Tells the observer that a process has ended and been reaped.
    ///
    /// - Parameter reason: the reason as metrics name it, as in `crash` or `not-needed`.
    func workerEnded(_ worker: WorkerIdentity, because reason: String)
    /// Tells the observer that a process has crashed between calls. A crash in a call is part of its outcome.
    func workerCrashed(_ worker: WorkerIdentity, _ crash: WorkerCrash)
}

/// A crash between calls, of a task that an earlier call left running.
package struct WorkerCrash: Sendable {
    /// The reason, as in `Index out of range`.
    package var reason: String
    /// The innermost place in the functions' own code, if it is known.
    package var place: SourcePlace?
    /// The frames of the crashed thread, one per line.
    package var backtrace: [String]
}

extension WorkerObserver {
    package func workerStarted(_ worker: WorkerIdentity) {}
    package func workerEnded(_ worker: WorkerIdentity, because reason: String) {}
    package func workerCrashed(_ worker: WorkerIdentity, _ crash: WorkerCrash) {}
}
