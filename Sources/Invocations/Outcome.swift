package import Failures
package import NIOCore

/// The end of an invocation: its result or its failure, and how it came about.
package struct Outcome: Sendable {
    /// The time that an invocation spent in each stage.
    package struct Timings: Sendable, Equatable {
        /// Waiting for a build to end.
        package var build = TimeAmount.zero
        /// Waiting for a worker that is free.
        package var queue = TimeAmount.zero
        /// Waiting for a worker that was being started.
        package var start = TimeAmount.zero
        /// Running, from the moment a worker was handed the call.
        package var run = TimeAmount.zero

        /// The time from admission to outcome.
        package var total: TimeAmount { build + queue + start + run }
    }

    /// The result as JSON.
    package var result: Result<ByteBuffer, Failure>
    package var timings = Timings()
    /// The path of the function; nil when none was found.
    package var function: String?
    /// The number of the generation that ran it; nil when none did.
    package var generation: Int?
    /// Whether the sources have changed since that generation and do not build; the function's own file has not changed.
    package var buildHasFailed = false
    /// The worker that ran it; nil when none did.
    package var worker: WorkerIdentity?
    /// Whether the worker was started for it.
    package var isCold = false

    package init(_ result: Result<ByteBuffer, Failure>) {
        self.result = result
    }

    /// The failure; nil for a success.
    package var failure: Failure? { if case .failure(let failure) = result { failure } else { nil } }
}

/// One worker process.
package struct WorkerIdentity: Hashable, Sendable {
    /// The process identifier.
    package var pid: Int32
    /// The number of its generation.
    package var generation: Int

    package init(pid: Int32, generation: Int) {
        self.pid = pid
        self.generation = generation
    }
}
