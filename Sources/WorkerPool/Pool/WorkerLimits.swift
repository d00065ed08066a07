import Glibc

/// How many workers and waiting calls there may be, and what a call may use.
package struct WorkerLimits: Sendable {
    /// Worker processes at a time.
    package var maximumWorkers: Int
    /// How many of them serve calls before a call waits a little for one that is busy: one more than there are processors, so that one
    /// has a call while another is handed its next.
    var width = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) + 1
    /// Calls that wait for a worker at a time; further ones are refused.
    package var maximumWaiting: Int
    /// How many workers there may be beyond ``maximumWorkers`` for calls that functions make while they run.
    package var nestedWorkers: Int
    /// How long a call may take from when a worker gets it; then the worker is killed.
    package var callTimeout: Duration
    /// How long describing a function may take: it runs what decodes the types of its parameters.
    package static let descriptionTimeout = Duration.seconds(5)
    /// How many bytes of resident memory a worker may have while it runs a call.
    package var memory: Int
    /// How long a worker stays idle before it ends; one always stays.
    package var idleTime: Duration
    /// How many bytes a call may print; the rest is left out.
    package var output = 10_000_000
    /// How long a worker may take to load the functions.
    package var loadTime = Duration.seconds(10)
    /// How long a worker that was told to end may take.
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
