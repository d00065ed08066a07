package import Failures
package import Invocations
package import WorkerPool

/// An observer of everything that an engine does: its invocations, its workers and its generations.
///
/// The methods are called on the engine's event loop and must not block. Each has an empty default implementation.
package protocol EngineObserver: InvocationObserver, WorkerObserver {
    /// Tells the observer that a build has begun.
    func buildBegan()
    /// Tells the observer that a build has ended, and whether it succeeded.
    func built(in time: Duration, succeeded: Bool)
    /// Tells the observer that the generation in effect matches the sources again, whether it is new or the previous
    /// one.
    func reloaded()
    /// Tells the observer that a new generation is in effect.
    ///
    /// - Parameter time: the time since the change was detected.
    func reloaded(in time: Duration)
    /// Tells the observer that the sources do not build.
    func buildFailed(_ failure: Failure)
    /// Tells the observer that the configuration file was read.
    ///
    /// - Parameter failure: the failure of every call until the file is fixed, or nil if its values are in effect.
    func configured(_ failure: Failure?)
}

extension EngineObserver {
    package func buildBegan() {}
    package func built(in time: Duration, succeeded: Bool) {}
    package func reloaded() {}
    package func reloaded(in time: Duration) {}
    package func buildFailed(_ failure: Failure) {}
    package func configured(_ failure: Failure?) {}
}
