package import Failures
package import NIOCore

/// The end of an invocation: its result or its failure, and the circumstances.
package struct Outcome: Sendable {
    /// The time that an invocation spent in each stage.
    package struct Timings: Sendable, Equatable {
        /// The time spent waiting for a build to end.
        package var build = TimeAmount.zero
        /// The time spent waiting for a free worker.
        package var queue = TimeAmount.zero
        /// The time spent waiting for a worker that was being started.
        package var start = TimeAmount.zero
        /// The time spent running, from the moment a worker received the call.
        package var run = TimeAmount.zero

        /// The time from admission to outcome.
        package var total: TimeAmount { build + queue + start + run }
    }

    /// The result as JSON, the pieces of a result that comes as a stream, or the failure.
    package var result: Result<Body, Failure>
    package var timings = Timings()
    /// The path of the function, or nil if none was found.
    package var function: String?
    /// The number of the generation that ran the invocation, or nil if none did.
    package var generation: Int?
    /// Whether the sources have changed since that generation was built and do not build. The function's own file has
    /// not changed.
    package var buildHasFailed = false
    /// The worker that ran the invocation, or nil if none did.
    package var worker: WorkerIdentity?
    /// Whether the worker was started for the invocation.
    package var isCold = false
    /// The frames of the worker's stack, one per line, if the function crashed.
    package var backtrace: [String] = []

    package init(_ result: Result<Body, Failure>) {
        self.result = result
    }

    /// The failure, or nil for a success.
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
