import Failures
import FunctionContracts
import Glibc
import WorkerProtocol

/// How a worker's process ended.
enum ProcessEnd: Equatable, Sendable {
    case exited(status: Int32)
    case signalled(signal: Int32)
    /// It lived on without the pipe for its results, and was killed for that.
    case wentSilent
    /// It wrote what is no message into the pipe for its results, and was killed for that.
    case garbled

    /// Reaps a child of this process that is about to end, and kills it when it does not within two seconds. Blocks.
    ///
    /// - Returns: how it ended, and whether it had to be killed.
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

    /// What a crash means of which the runtime could not write a report: for that its handler needs some stack.
    private static func unreported(_ signal: CInt) -> String {
        signal == SIGSEGV ? CrashReport.stackOverflow : name(signal)
    }

    /// As metrics name it.
    var reason: String {
        switch self {
        case .exited: "exit"
        case .signalled(let signal): Self.crashSignals.contains(signal) ? "crash" : "killed"
        case .wentSilent: "silent"
        case .garbled: "garbled"
        }
    }

    /// The signal that ended it; nil when it ended otherwise.
    var signal: Int32? {
        if case .signalled(let signal) = self { signal } else { nil }
    }

    /// What made it crash, as in `Index out of range`; nil when it ended otherwise.
    ///
    /// - Parameters:
    ///   - report: the runtime's report when it wrote one.
    ///   - errorOutput: the end of what the process printed to stderr.
    func crashReason(report: CrashReport?, errorOutput: String) -> String? {
        guard let signal, Self.crashSignals.contains(signal) else { return nil }
        // What else a function has printed is not the reason of another signal.
        let message = [SIGILL, SIGTRAP, SIGABRT].contains(signal) ? CrashReport.runtimeMessage(in: errorOutput) : nil
        return message ?? report?.reason ?? Self.unreported(signal)
    }

    /// The failure of the call that the process ran when it ended.
    ///
    /// - Parameters:
    ///   - report: the runtime's report when it wrote one.
    ///   - errorOutput: the end of what the process printed to stderr.
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
                "The function's process closed descriptor \(WorkerDescriptor.results), on which it answers, and was ended",
                remedy: "Close only descriptors that your code has opened.", location: function?.place)
        case .garbled:
            return Failure(
                .functionKilled,
                "The function's process wrote to descriptor \(WorkerDescriptor.results), on which it answers, and was ended",
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
