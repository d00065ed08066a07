import Engine
import FunctionContracts
import Invocations
import Logging
import Values
import WorkerPool
import WorkerProtocol

/// An observer that shows the output and the log records of functions, and the stacks of those that crash.
final class TerminalObserver: EngineObserver {
    private let output: TerminalOutput
    private let logger: Logger

    init(_ output: TerminalOutput, logger: Logger) {
        self.output = output
        self.logger = logger
    }

    func printed(
        _ lines: PrintedLines, by invocation: Invocation?, _ function: FunctionRecord?, on worker: WorkerIdentity
    ) {
        output.show(
            PrintedOutput(lines: lines, function: function?.path, activationID: invocation?.id, worker: worker))
    }

    func logged(
        _ record: LogRecord, by invocation: Invocation?, _ function: FunctionRecord?, on worker: WorkerIdentity
    ) {
        guard let level = Logger.Level(rawValue: record.level), level >= logger.logLevel else { return }
        var metadata = Self.metadata(of: worker)
        for (key, value) in record.metadata { metadata[key] = "\(value.string ?? "")" }
        if let function { metadata["function.name"] = "\(function.path)" }
        // A task that an earlier call left running logs as that call.
        if let id = invocation?.id ?? record.activationID { metadata["activation.id"] = "\(id)" }
        logger.log(level: level, "\(record.message)", metadata: metadata)
    }

    func finished(_ invocation: Invocation, _ outcome: Outcome) {
        guard !outcome.backtrace.isEmpty, let worker = outcome.worker else { return }
        var metadata = Self.metadata(of: worker)
        metadata["function.name"] = "\(outcome.function ?? "")"
        metadata["activation.id"] = "\(invocation.id)"
        show(outcome.backtrace, metadata)
    }

    func workerCrashed(_ worker: WorkerIdentity, _ crash: WorkerCrash) {
        let metadata = Self.metadata(of: worker), place = crash.place.map { " at \($0)" } ?? ""
        logger.error("The functions crashed between calls: \(crash.reason)\(place)", metadata: metadata)
        show(crash.backtrace, metadata)
    }

    private func show(_ backtrace: [String], _ metadata: Logger.Metadata) {
        for frame in backtrace { logger.error("  \(frame)", metadata: metadata) }
    }

    private static func metadata(of worker: WorkerIdentity) -> Logger.Metadata {
        ["generation": "\(worker.generation)", "worker.pid": "\(worker.pid)"]
    }
}
