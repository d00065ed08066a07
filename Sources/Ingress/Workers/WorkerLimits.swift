/// How many workers and waiting calls there may be, and how long a call may take.
package struct WorkerLimits: Sendable {
    /// Worker processes at a time.
    package var maximumWorkers: Int
    /// Calls that wait for a worker at a time; further ones are refused.
    package var maximumWaiting: Int
    /// How long a call may take from when a worker gets it; then the worker is killed.
    package var callTimeout: Duration
    /// How long a worker may take to load the functions.
    package var loadTime = Duration.seconds(10)
    /// How long a worker that was told to end may take.
    package var endTime = Duration.seconds(1)

    package init(maximumWorkers: Int, maximumWaiting: Int = 1000, callTimeout: Duration) {
        self.maximumWorkers = maximumWorkers
        self.maximumWaiting = maximumWaiting
        self.callTimeout = callTimeout
    }
}
