import Failures
import FunctionContracts
import Invocations
import NIOCore

extension Worker {
    /// The time that the runtime has to write a crash report after the call's time has run out.
    private static let crashReportTime = TimeAmount.seconds(2)
    /// The additional time that a worker has to begin a call on a busy machine.
    private static let beginningTime = TimeAmount.seconds(1)

    /// Returns the time that a call may take.
    func limit(of call: ActiveInvocation) -> CallLimit {
        if case .description = call.invocation.input {
            return CallLimit(duration: min(limits.callTimeout, WorkerLimits.descriptionTimeout), source: .setting)
        }
        let limit =
            call.function?.timeout.map { CallLimit(duration: $0, source: .function) }
            ?? CallLimit(duration: limits.callTimeout, source: .setting)
        guard let deadline = call.invocation.deadline else { return limit }
        let left = Duration.nanoseconds(max(0, (deadline - .now()).nanoseconds))
        return left < limit.duration ? CallLimit(duration: left, source: .deadline) : limit
    }

    /// Ends the running call because its time has run out, unless it is given more time.
    ///
    /// - Parameter isLate: whether the call has already been given more time than its limit.
    func timedOut(after limit: CallLimit, isLate: Bool) {
        guard let call = state.call else { return }
        guard isLate || !(output.isCrashing || isCallUnread) else {
            let more = output.isCrashing ? Self.crashReportTime : max(TimeAmount(limit.duration), Self.beginningTime)
            return clock.expectEnd(in: more, of: limit, isLate: true)
        }
        ends(because: "timeout")
        fail(isCallUnread ? .notBegun : failure(of: call, after: limit))
        kill()
    }

    private func failure(of call: ActiveInvocation, after limit: CallLimit) -> Failure {
        let message =
            limit.source == .deadline
            ? "The function was ended at the call's deadline, after \(limit.duration)"
            : "The function took longer than \(limit.duration) and was ended"
        let remedy =
            switch limit.source {
            case .setting: "Make it quicker, or raise FUNCTION_TIMEOUT_MS."
            case .function: "Make it quicker, or raise its own limit."
            case .deadline: "Make it quicker, or give the call more time."
            }
        return Failure(.functionTimedOut, message, remedy: remedy, location: call.function?.place)
    }
}

extension Failure {
    fileprivate static let notBegun = Failure(
        .workerUnavailable, "The worker process did not begin the call in time and was ended",
        remedy: "Call again. The machine may be busy, or somebody has stopped the process.")
}
