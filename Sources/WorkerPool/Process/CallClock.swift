import NIOCore

/// The time limit of the call that a worker runs.
///
/// Its timer outlasts calls, so that most calls need no timer of their own.
final class CallClock {
    private let eventLoop: any EventLoop
    /// The time at which the running call's limit ends, or nil if no call is running.
    private var end: (time: NIODeadline, limit: CallLimit, isLate: Bool)?
    private var timer: (scheduled: Scheduled<Void>, time: NIODeadline)?
    /// Called when the time has run out.
    ///
    /// - Parameter isLate: whether the call was given more time than its limit, for a crash report or because the
    ///   machine is busy.
    var onTime: (_ limit: CallLimit, _ isLate: Bool) -> Void = { _, _ in }

    init(eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    /// Starts the time limit of a call, or extends it.
    func expectEnd(in time: TimeAmount, of limit: CallLimit, isLate: Bool = false) {
        let time = NIODeadline.now() + time
        end = (time, limit, isLate)
        guard timer.map({ $0.time > time }) ?? true else { return }
        timer?.scheduled.cancel()
        let clock = NIOLoopBound(self, eventLoop: eventLoop)
        timer = (eventLoop.scheduleTask(deadline: time) { clock.value.timePassed() }, time)
    }

    /// Handles the end of the call.
    func callEnded() {
        end = nil
    }

    /// Cancels the timer, which would keep this object alive.
    func stop() {
        timer?.scheduled.cancel()
        timer = nil
    }

    private func timePassed() {
        timer = nil
        guard let (time, limit, isLate) = end else { return }
        if time <= .now() {
            onTime(limit, isLate)
        } else {
            expectEnd(in: time - .now(), of: limit, isLate: isLate)
        }
    }
}

/// The time that a call may take.
struct CallLimit: Equatable {
    var duration: Duration
    var source: Source

    /// The origin of a limit, which determines the remedy.
    enum Source {
        /// The setting for all functions.
        case setting
        /// The function itself.
        case function
        /// The call's deadline.
        case deadline
    }
}
