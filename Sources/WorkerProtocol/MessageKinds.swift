/// The messages from the ingress to a worker on ``WorkerDescriptor/calls``.
package enum IngressMessage: UInt8, Sendable {
    /// Asks for a ``WorkerMessage/description``. No payload.
    case describe = 1
    /// The values of the configuration file, which hold for all calls that follow. They are a JSON object, in which
    /// numbers may be `Infinity`, `-Infinity` and `NaN`.
    case configuration = 2
    /// One call: a ``CallHead`` and its sections.
    case call = 3
}

/// The messages from a worker to the ingress on ``WorkerDescriptor/results``.
package enum WorkerMessage: UInt8, Sendable {
    /// The plugin is loaded. No payload.
    case ready = 1
    /// The plugin cannot be loaded: a ``Failure`` as JSON. The worker ends.
    case loadFailed = 2
    /// The exposed functions: a JSON array of their records in the order of their index.
    case description = 3
    /// The function's result as JSON. The worker is free again.
    case result = 4
    /// The call failed: a ``Failure`` as JSON. The worker is free again.
    case failure = 5
    /// One line of the function's logger: a ``LogRecord`` as JSON.
    case log = 6
}

/// The messages from the ingress to a worker on ``WorkerDescriptor/control``, which the worker reads while a function
/// runs as well.
package enum ControlMessage: UInt8, Sendable {
    /// The caller of the call with this ``ActivationID`` has gone. The call's task is cancelled.
    case cancel = 1
    /// The current state of the document store: a ``DocumentStoreState`` as JSON.
    case documentStore = 2
}
