import Dispatch
import Glibc

/// The ways in which the emulator's process ends.
enum ProcessExit {
    /// Ends the process, once the terminal has shown all of the output.
    static func now(_ code: CInt) -> Never {
        TerminalOutput.shared.flush()
        exit(code)
    }

    /// Ends the process after five seconds, unless it has ended by itself. A service that does not stop must not keep
    /// a failed start running.
    static func soon(_ code: CInt) {
        DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(5)) { _exit(code) }
    }
}
