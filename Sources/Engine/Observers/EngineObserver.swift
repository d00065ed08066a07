package import Failures
package import Invocations
package import WorkerPool

/// Learns everything that an engine does: its invocations, its workers, and its generations.
///
/// Methods are called on the engine's event loop and must not block. All have an empty default.
package protocol EngineObserver: InvocationObserver, WorkerObserver {
    /// A build has begun.
    func buildBegan()
    /// The functions were built, or were found not to build.
    func built(in time: Duration, succeeded: Bool)
    /// The sources and the generation in effect are the same again, whether it is a new one or the one before.
    func reloaded()
    /// A new generation is in effect.
    ///
    /// - Parameter time: The time since the change was seen.
    func reloaded(in time: Duration)
    /// The sources do not build.
    func buildFailed(_ failure: Failure)
    /// The configuration file was read.
    ///
    /// - Parameter failure: The failure of every call until the file is fixed; nil when its values are in effect.
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
