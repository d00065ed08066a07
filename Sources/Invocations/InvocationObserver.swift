package import FunctionContracts
package import WorkerProtocol

/// Learns what invocations do; nothing else does.
///
/// An invocation is admitted and finished exactly once. Between the two it may wait, several times, and be started; a call
/// that its worker did not begin before it died is queued and started again. Methods are called on the engine's event loop.
/// They must not block, and cannot change an outcome.
package protocol InvocationObserver: AnyObject {
    /// An invocation is taken in.
    func admitted(_ invocation: Invocation)
    /// An invocation waits.
    func queued(_ invocation: Invocation, for reason: WaitReason)
    /// A worker is handed an invocation.
    func started(_ invocation: Invocation, _ function: FunctionRecord, on worker: WorkerIdentity, isCold: Bool)
    /// A worker has printed lines.
    ///
    /// - Parameter invocation: The one that ran then; nil between calls.
    func printed(
        _ lines: PrintedLines, by invocation: Invocation?, _ function: FunctionRecord?, on worker: WorkerIdentity)
    /// A function has logged a record.
    ///
    /// - Parameter invocation: The one that ran then; nil between calls.
    func logged(_ record: LogRecord, by invocation: Invocation?, _ function: FunctionRecord?, on worker: WorkerIdentity)
    /// An invocation has ended.
    func finished(_ invocation: Invocation, _ outcome: Outcome)
}

extension InvocationObserver {
    package func admitted(_ invocation: Invocation) {}
    package func queued(_ invocation: Invocation, for reason: WaitReason) {}
    package func started(
        _ invocation: Invocation, _ function: FunctionRecord, on worker: WorkerIdentity, isCold: Bool
    ) {}
    package func printed(
        _ lines: PrintedLines, by invocation: Invocation?, _ function: FunctionRecord?, on worker: WorkerIdentity
    ) {}
    package func logged(
        _ record: LogRecord, by invocation: Invocation?, _ function: FunctionRecord?, on worker: WorkerIdentity
    ) {}
    package func finished(_ invocation: Invocation, _ outcome: Outcome) {}
}

/// The reason for which an invocation waits.
package enum WaitReason: String, Sendable {
    /// A build has not ended yet.
    case build
    /// No worker is free.
    case worker
}

/// Lines that a worker printed.
package struct PrintedLines: Sendable {
    /// The stream that they were printed to.
    package enum Stream: String, Sendable {
        case stdout, stderr
    }

    package var stream: Stream
    /// Whole lines, each with its end; usually UTF-8, but they may be anything.
    package var bytes: [UInt8]

    package init(_ stream: Stream, _ bytes: [UInt8]) {
        self.stream = stream
        self.bytes = bytes
    }
}
