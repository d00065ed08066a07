package import Invocations

/// An observer of the calls and the workers of a pool.
package typealias PoolObserver = InvocationObserver & WorkerObserver

/// An observer of the worker processes that start and end. The methods are called on the engine's event loop and must
/// not block.
package protocol WorkerObserver: AnyObject {
    /// Tells the observer that a process was started.
    func workerStarted(_ worker: WorkerIdentity)
    /// Tells the observer that a process has ended and is reaped.
    ///
    /// - Parameter reason: the reason as metrics name it, as in `crash` or `not-needed`.
    func workerEnded(_ worker: WorkerIdentity, because reason: String)
}

extension WorkerObserver {
    package func workerStarted(_ worker: WorkerIdentity) {}
    package func workerEnded(_ worker: WorkerIdentity, because reason: String) {}
}
