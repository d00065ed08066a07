package import Invocations

/// Learns what the workers of a pool do.
package typealias PoolObserver = InvocationObserver & WorkerObserver

/// Learns which worker processes start and end. Called on the engine's event loop; must not block.
package protocol WorkerObserver: AnyObject {
    /// A process was started.
    func workerStarted(_ worker: WorkerIdentity)
    /// A process has ended and is reaped.
    ///
    /// - Parameter reason: The reason as metrics name it, as in `crash` or `not-needed`.
    func workerEnded(_ worker: WorkerIdentity, because reason: String)
}

extension WorkerObserver {
    package func workerStarted(_ worker: WorkerIdentity) {}
    package func workerEnded(_ worker: WorkerIdentity, because reason: String) {}
}
