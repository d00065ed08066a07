/// The messages from the emulator to a worker on ``WorkerDescriptor/calls``.
///
/// The frames of a call and of its body have the call's identity in their headers.
package enum EngineMessage: UInt8, Sendable {
    /// Asks for a ``WorkerMessage/description``. No payload.
    case describe = 1
    /// The values of the configuration file, which hold for all calls that follow. They are a JSON object, in which
    /// numbers may be `Infinity`, `-Infinity` and `NaN`.
    case configuration = 2
    /// One call: a ``CallHead`` and its sections.
    case call = 3
    /// A piece of the call's body, which the worker has asked for with ``WorkerMessage/wantsBody``. The last piece is
    /// the one that is not continued.
    case body = 0x81
    /// The body ends here, because its client has gone or because the call has ended. No payload.
    case bodyCut = 0x82
}

/// The messages from a worker to the emulator on ``WorkerDescriptor/results``.
///
/// The frames of a call have the call's identity in their headers. A message of a call that is not running is invalid,
/// unless it is a ``log`` or ``operation`` record.
package enum WorkerMessage: UInt8, Sendable {
    /// The plugin is loaded. No payload.
    case ready = 1
    /// The plugin cannot be loaded: a ``Failure`` as JSON. The worker ends.
    case loadFailed = 2
    /// The exposed functions: a JSON array of their records in the order of their index.
    case description = 3
    /// The function's result as JSON. The worker is free again. The payload is empty if the result came as ``body``.
    case result = 4
    /// The call failed: a ``Failure`` as JSON. The worker is free again.
    case failure = 5
    /// One line of a logger: a ``LogRecord`` as JSON. The call is the one whose logger wrote it.
    case log = 6
    /// An operation that the function has performed: an ``OperationRecord`` as JSON.
    case operation = 7
    /// The function reads the call's body. No payload. Sent at most once per call.
    case wantsBody = 8
    /// A piece of the call's result, which is not JSON. ``result`` or ``failure`` follows the last piece.
    case body = 0x81
}

/// The messages from the emulator to a worker on ``WorkerDescriptor/control``, which the worker reads even while a
/// function runs.
package enum ControlMessage: UInt8, Sendable {
    /// The caller of the call in the header has gone. The call's task is cancelled. No payload.
    case cancel = 1
    /// The current state of the document store: a ``DocumentStoreState`` as JSON.
    case documentStore = 2
}
