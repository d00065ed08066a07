package import FunctionContracts
package import WorkerProtocol

/// An observer of invocations. There is no other way to learn what they do.
///
/// An invocation is admitted and finished exactly once. In between it may wait, several times, and be started. A call
/// whose worker died before it began the call is queued and started again. The methods are called on the engine's
/// event loop. They must not block and cannot change an outcome.
package protocol InvocationObserver: AnyObject {
    /// Tells the observer that an invocation is admitted.
    func admitted(_ invocation: Invocation)
    /// Tells the observer that an invocation waits.
    func queued(_ invocation: Invocation, for reason: WaitReason)
    /// Tells the observer that an invocation is handed to a worker.
    func started(_ invocation: Invocation, _ function: FunctionRecord, on worker: WorkerIdentity, isCold: Bool)
    /// Tells the observer that a worker has printed lines.
    ///
    /// - Parameter invocation: the invocation that was running, or nil between calls.
    func printed(
        _ lines: PrintedLines, by invocation: Invocation?, _ function: FunctionRecord?, on worker: WorkerIdentity)
    /// Tells the observer that a function has logged a record.
    ///
    /// - Parameter invocation: the invocation that was running, or nil between calls.
    func logged(_ record: LogRecord, by invocation: Invocation?, _ function: FunctionRecord?, on worker: WorkerIdentity)
    /// Whether workers must report the operations of their functions. They do so if any observer requires it. The value
    /// must not change.
    var recordsOperations: Bool { get }
    /// Tells the observer that a function has performed an operation on the document store or on the API.
    func performed(_ operation: OperationRecord, by invocation: Invocation, on worker: WorkerIdentity)
    /// Tells the observer that an invocation has ended.
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
    package var recordsOperations: Bool { false }
    package func performed(_ operation: OperationRecord, by invocation: Invocation, on worker: WorkerIdentity) {}
    package func finished(_ invocation: Invocation, _ outcome: Outcome) {}
}

/// The reason that an invocation waits.
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
    /// Whole lines, each with its end. They are usually UTF-8, but may be any bytes.
    package var bytes: [UInt8]

    package init(_ stream: Stream, _ bytes: [UInt8]) {
        self.stream = stream
        self.bytes = bytes
    }
}
