import Glibc

/// The limits on the number of workers and waiting calls, and on the resources of a call.
package struct WorkerLimits: Sendable {
    /// The largest number of worker processes at a time.
    package var maximumWorkers: Int
    /// The number of workers that serve calls before a call waits for a short time for a busy one. It is one more
    /// than the number of processors, so that one worker has a call while another receives its next.
    var width = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) + 1
    /// The largest number of calls that wait for a worker at a time. Further calls are refused.
    package var maximumWaiting: Int
    /// The number of workers beyond ``maximumWorkers`` for calls that functions make while they run.
    package var nestedWorkers: Int
    /// The longest time for a call, beginning when a worker receives it. The worker is then killed.
    package var callTimeout: Duration
    /// The longest time for the description of a function, which runs the code that decodes the types of its
    /// parameters.
    package static let descriptionTimeout = Duration.seconds(5)
    /// The largest resident memory of a worker while it runs a call, in bytes.
    package var memory: Int
    /// The time after which an idle worker ends. One worker always stays.
    package var idleTime: Duration
    /// The number of bytes that a call may print. The rest is left out.
    package var output = 10_000_000
    /// The longest time for a worker to load the functions.
    package var loadTime = Duration.seconds(10)
    /// The longest time for a worker to end after it was told to.
    package var endTime = Duration.seconds(1)

    package init(
        maximumWorkers: Int, maximumWaiting: Int = 1000, nestedWorkers: Int? = nil, callTimeout: Duration,
        memory: Int = 1 << 30, idleTime: Duration = .seconds(60)
    ) {
        self.maximumWorkers = maximumWorkers
        self.maximumWaiting = maximumWaiting
        self.nestedWorkers = nestedWorkers ?? maximumWorkers
        self.callTimeout = callTimeout
        self.memory = memory
        self.idleTime = idleTime
    }
}
