import Failures
import FunctionContracts
import Glibc
import WorkerProtocol

/// The way in which a worker's process ended.
enum ProcessEnd: Equatable, Sendable {
    case exited(status: Int32)
    case signalled(signal: Int32)
    /// The process closed the pipe for its results but went on running, and was killed for that.
    case wentSilent
    /// The process wrote bytes that are not a message into the pipe for its results, and was killed for that.
    case garbled

    /// Reaps a child process that is about to end, and kills it if it does not end within two seconds. Blocks.
    ///
    /// - Returns: the way in which the process ended, and whether it had to be killed.
    static func reap(_ pid: pid_t) -> (end: ProcessEnd, wasAlive: Bool) {
        for attempt in 0..<2_000 {
            if let end = wait(for: pid, options: WNOHANG) { return (end, false) }
            usleep(attempt < 100 ? 100 : 1000)
        }
        _ = kill(pid, SIGKILL)
        return (wait(for: pid, options: 0) ?? .signalled(signal: SIGKILL), true)
    }

    private static func wait(for pid: pid_t, options: CInt) -> ProcessEnd? {
        var status: CInt = 0
        var result: pid_t
        repeat { result = unsafe waitpid(pid, &status, options) } while result < 0 && errno == EINTR
        guard result == pid else { return nil }
        let signal = status & 0x7F
        return signal == 0 ? .exited(status: (status >> 8) & 0xFF) : .signalled(signal: signal)
    }

    /// Returns the reason for a crash that the runtime could not report. The crash handler needs some stack, so a
    /// SIGSEGV without a report is a stack overflow.
    private static func unreported(_ signal: CInt) -> String {
        signal == SIGSEGV ? CrashReport.stackOverflow : name(signal)
    }

    /// The reason as metrics name it.
    var reason: String {
        switch self {
        case .exited: "exit"
        case .signalled(let signal): Self.crashSignals.contains(signal) ? "crash" : "killed"
        case .wentSilent: "silent"
        case .garbled: "garbled"
        }
    }

    /// The signal that ended the process, or nil if it ended otherwise.
    var signal: Int32? {
        if case .signalled(let signal) = self { signal } else { nil }
    }

    /// Returns the reason for a crash, as in `Index out of range`, or nil if the process ended otherwise.
    ///
    /// - Parameters:
    ///   - report: the runtime's report, if it wrote one.
    ///   - errorOutput: the end of the text that the process printed to stderr.
    func crashReason(report: CrashReport?, errorOutput: String) -> String? {
        guard let signal, Self.crashSignals.contains(signal) else { return nil }
        // With other signals, the function itself printed such a text, which is not the reason.
        let message = [SIGILL, SIGTRAP, SIGABRT].contains(signal) ? CrashReport.runtimeMessage(in: errorOutput) : nil
        return message ?? report?.reason ?? Self.unreported(signal)
    }

    /// Returns the failure of the call that the process ran when it ended.
    ///
    /// - Parameters:
    ///   - report: the runtime's report, if it wrote one.
    ///   - errorOutput: the end of the text that the process printed to stderr.
    ///   - function: the function that ran.
    func failure(report: CrashReport?, errorOutput: String, function: FunctionRecord?) -> Failure {
        switch self {
        case .exited(let status):
            return Failure(
                .functionExited, "The function ended its process with exit status \(status)",
                remedy: "Return or throw instead of calling exit.", location: function?.place)
        case .signalled(let signal):
            guard let reason = crashReason(report: report, errorOutput: errorOutput) else {
                return Failure(
                    .functionKilled, "The function's process was killed by \(Self.name(signal))",
                    location: function?.place)
            }
            var failure = Failure(
                .functionCrashed, "The function crashed: \(reason)", location: report?.place ?? function?.place)
            if let report, let function, !report.files.isEmpty, !report.files.contains(function.place.file) {
                failure.remedy =
                    "If \(function.path) does not lead there, it was a task that an earlier call left running."
            }
            return failure
        case .wentSilent:
            return Failure(
                .functionKilled,
                "The function's process closed descriptor \(WorkerDescriptor.results), on which it answers, "
                    + "and was ended",
                remedy: "Close only descriptors that your code has opened.", location: function?.place)
        case .garbled:
            return Failure(
                .functionKilled,
                "The function's process wrote to descriptor \(WorkerDescriptor.results), on which it answers, "
                    + "and was ended",
                remedy: "Write only to descriptors that your code has opened.", location: function?.place)
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
