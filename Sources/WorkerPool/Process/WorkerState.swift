/// The life of a worker's process, and the call that it runs: decides in values, with no process, pipe or clock in it.
///
/// `Call` and `Outcome` are whatever stands for them outside.
struct WorkerState<Call, Outcome> {
    /// The life of the process.
    private enum Life {
        case running
        /// It wrote something that is not a message, and is being killed.
        case garbled
        /// Its results have ended; it is being reaped.
        case closed
        case ended
    }

    private enum Work {
        case none
        case running(Call)
        /// The outcome is there; the call ends once all is read that it printed.
        case finishing(Call, Outcome)
    }

    /// The fate of the call that a process ran when it ended.
    enum Fate {
        /// The process ran no call.
        case none
        /// The call had done its work.
        case finished(Call, Outcome)
        /// The process ended in the call.
        case failed(Call)
        /// The process ended before it began the call: another worker may take it.
        case notBegun(Call)
    }

    private var life = Life.running
    private var work = Work.none

    /// Whether what the process writes counts.
    var isRunning: Bool { life == .running }
    /// Whether the process may have to be killed: it has not been reaped, and its identifier means no other process.
    var isKillable: Bool { life == .running || life == .garbled }
    /// Whether the process is being killed for what it wrote.
    var isGarbled: Bool { life == .garbled }

    /// The call that runs, or ends.
    var call: Call? {
        switch work {
        case .none: nil
        case .running(let call), .finishing(let call, _): call
        }
    }

    /// Takes note that the process is handed a call; it must have none.
    mutating func begin(_ call: Call) {
        work = .running(call)
    }

    /// Takes note that the process has written an outcome.
    ///
    /// - Returns: whether it counts. One that comes after the call's time was over, or a second one, does not.
    mutating func finish(_ outcome: Outcome) -> Bool {
        guard life == .running, case .running(let call) = work else { return false }
        work = .finishing(call, outcome)
        return true
    }

    /// Takes note that all is read that the call printed.
    ///
    /// - Returns: the call and its outcome; nil when it was taken away meanwhile.
    mutating func outputIsRead() -> (call: Call, outcome: Outcome)? {
        guard life == .running, case .finishing(let call, let outcome) = work else { return nil }
        work = .none
        return (call, outcome)
    }

    /// Takes the call away, to end it in another way.
    mutating func takeCall() -> Call? {
        defer { work = .none }
        return call
    }

    /// Takes note that the process wrote something that is not a message.
    ///
    /// - Returns: whether it is to be killed for that.
    mutating func garble() -> Bool {
        guard life == .running else { return false }
        life = .garbled
        return true
    }

    /// Takes note that the results have ended.
    ///
    /// - Returns: whether this is the first time, so that the process is to be reaped.
    mutating func close() -> Bool {
        guard isKillable else { return false }
        life = .closed
        return true
    }

    /// Takes note that the process is reaped.
    ///
    /// - Parameter hasBegun: whether the process had read the whole call.
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
