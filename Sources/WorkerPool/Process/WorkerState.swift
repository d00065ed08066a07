/// The state of a worker's process and of the call that it runs. It is a plain value, without processes, pipes or
/// clocks.
///
/// `Call` and `Outcome` are the types that represent calls and outcomes elsewhere.
struct WorkerState<Call, Outcome> {
    /// The stage of the process's life.
    private enum Life {
        case running
        /// The process wrote bytes that are not a message, and is being killed.
        case garbled
        /// The results have ended, and the process is being reaped.
        case closed
        case ended
    }

    private enum Work {
        case none
        case running(Call)
        /// The call has an outcome, and ends once everything that it printed has been read.
        case finishing(Call, Outcome)
    }

    /// The fate of the call that a process ran when it ended.
    enum Fate {
        /// The process ran no call.
        case none
        /// The call already had an outcome.
        case finished(Call, Outcome)
        /// The process ended during the call.
        case failed(Call)
        /// The process ended before it began the call, which another worker may run.
        case notBegun(Call)
    }

    private var life = Life.running
    private var work = Work.none
    /// Whether the process has loaded the plugin.
    private(set) var isLoaded = false
    /// Whether the process has been given a call.
    private(set) var hasRun = false
    /// Whether the process has sent a message about the running call.
    private(set) var hasBegunCall = false

    /// Whether messages from the process are accepted.
    var isRunning: Bool { life == .running }
    /// Whether the process may still be killed. It has not been reaped, so its identifier cannot belong to another
    /// process.
    var isKillable: Bool { life == .running || life == .garbled }
    /// Whether the process is being killed because of what it wrote.
    var isGarbled: Bool { life == .garbled }

    /// The call that is running or ending, or nil if there is none.
    var call: Call? {
        switch work {
        case .none: nil
        case .running(let call), .finishing(let call, _): call
        }
    }

    /// Handles the report that the plugin is loaded.
    ///
    /// - Returns: whether the report is accepted. A second one is not.
    mutating func load() -> Bool {
        defer { isLoaded = true }
        return !isLoaded
    }

    /// Begins a call. The process must not have another one.
    mutating func begin(_ call: Call) {
        work = .running(call)
        hasRun = true
        hasBegunCall = false
    }

    /// Handles a message about the running call.
    mutating func receive() {
        hasBegunCall = true
    }

    /// Handles an outcome that the process has written.
    ///
    /// - Returns: whether the outcome is accepted. A second one is not, nor is one that comes after the call was taken
    ///   away.
    mutating func finish(_ outcome: Outcome) -> Bool {
        guard life == .running, case .running(let call) = work else { return false }
        work = .finishing(call, outcome)
        return true
    }

    /// Handles the end of the call's output.
    ///
    /// - Returns: the call and its outcome, or nil if the call was taken away in the meantime.
    mutating func outputIsRead() -> (call: Call, outcome: Outcome)? {
        guard life == .running, case .finishing(let call, let outcome) = work else { return nil }
        work = .none
        return (call, outcome)
    }

    /// Removes and returns the call, which then ends in another way.
    mutating func takeCall() -> Call? {
        defer { work = .none }
        return call
    }

    /// Handles bytes from the process that are not a message.
    ///
    /// - Returns: whether the process must be killed for that.
    mutating func garble() -> Bool {
        guard life == .running else { return false }
        life = .garbled
        return true
    }

    /// Handles the end of the results.
    ///
    /// - Returns: whether this is the first time, so that the process must be reaped.
    mutating func close() -> Bool {
        guard isKillable else { return false }
        life = .closed
        return true
    }

    /// Handles the end of the process, which has been reaped.
    ///
    /// - Parameter hasBegun: whether the process had read the whole call.
    /// - Returns: the fate of the call that the process ran.
    mutating func end(hasBegun: Bool) -> Fate {
        life = .ended
        defer { work = .none }
        switch work {
        case .none: return .none
        case .finishing(let call, let outcome): return .finished(call, outcome)
        case .running(let call): return hasBegun ? .failed(call) : .notBegun(call)
        }
    }
}
