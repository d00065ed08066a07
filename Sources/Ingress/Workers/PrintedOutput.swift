package import WorkerProtocol

/// Lines that a worker printed, and what it ran then.
package struct PrintedOutput: Sendable {
    /// Where it printed them.
    package enum Stream: String, Sendable {
        case stdout, stderr
    }

    package var stream: Stream
    /// Whole lines, each with its end; usually UTF-8, but they may be anything.
    package var lines: [UInt8]
    /// Path of the function that ran, nil between calls.
    package var function: String?
    /// The call that ran, nil between calls.
    package var activationID: ActivationID?
    /// The worker's process id.
    package var worker: Int32
    /// The generation that the worker belongs to.
    package var generation: Int
}
