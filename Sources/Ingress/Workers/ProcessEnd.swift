import Glibc
import InvocationProtocol

/// How a worker's process ended.
enum ProcessEnd: Equatable, Sendable {
    case exited(status: Int32)
    case signalled(signal: Int32)

    /// Waits for a child of this process to end and reaps it. Blocks.
    static func wait(for pid: pid_t) -> ProcessEnd {
        var status: CInt = 0
        while unsafe waitpid(pid, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7F
        return signal == 0 ? .exited(status: (status >> 8) & 0xFF) : .signalled(signal: signal)
    }

    /// The failure of the call that the process ran when it ended.
    ///
    /// - Parameters:
    ///   - report: the runtime's report when it wrote one.
    ///   - errorOutput: the end of what the process printed to stderr.
    ///   - function: the function that ran.
    func failure(report: CrashReport?, errorOutput: String, function: FunctionRecord) -> InvocationFailure {
        switch self {
        case .exited(let status):
            return InvocationFailure(
                .functionExited, "The function ended its process with exit status \(status)",
                remedy: "Return or throw instead of calling exit.", location: function.place)
        case .signalled(let signal):
            guard Self.crashSignals.contains(signal) else {
                return InvocationFailure(
                    .functionKilled, "The function's process was killed by \(Self.name(signal))",
                    location: function.place)
            }
            let reason = CrashReport.runtimeMessage(in: errorOutput) ?? report?.reason ?? Self.name(signal)
            return InvocationFailure(
                .functionCrashed, "The function crashed: \(reason)", location: report?.place ?? function.place)
        }
    }

    private static let crashSignals: Set<Int32> = [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV]

    private static func name(_ signal: Int32) -> String {
        let names: [Int32: String] = [
            SIGILL: "SIGILL", SIGTRAP: "SIGTRAP", SIGABRT: "SIGABRT", SIGBUS: "SIGBUS", SIGFPE: "SIGFPE",
            SIGSEGV: "SIGSEGV", SIGKILL: "SIGKILL", SIGTERM: "SIGTERM", SIGINT: "SIGINT", SIGHUP: "SIGHUP",
        ]
        return names[signal] ?? "signal \(signal)"
    }
}
