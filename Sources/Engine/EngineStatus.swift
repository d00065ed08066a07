package import Failures
package import WorkerProtocol

/// The state of an engine at one moment, for display.
package struct EngineStatus {
    package var build: BuildState
    /// The generation in effect, or nil before the first.
    package var generation: Generation?
    package var documentStore: DocumentStoreState
    /// The failure of every call until the configuration file is fixed, or nil if the file's values are in effect.
    package var configurationFailure: Failure?
    /// The memory that a call may use unless its function has a limit of its own, in bytes.
    package var memoryLimit: Int
    /// The means that keep workers within their memory, by name.
    package var memoryMeans: [String]
    /// The number of workers in each state, by the state's name.
    package var workers: [String: Int]
    /// The number of calls that wait for a worker.
    package var waitingForWorker: Int
    /// The number of calls that were admitted and have no outcome yet.
    package var callsInFlight: Int
}
