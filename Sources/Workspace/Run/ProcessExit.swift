import Dispatch
import Glibc

/// The ways in which the emulator's process ends.
enum ProcessExit {
    /// Ends the process, once the terminal has shown all that it was given.
    static func now(_ code: CInt) -> Never {
        TerminalOutput.shared.flush()
        exit(code)
    }

    /// Ends the process after a while, unless it has ended by itself: what holds a service must not hold a start that has failed.
    static func soon(_ code: CInt) {
        DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(5)) { _exit(code) }
    }
}
