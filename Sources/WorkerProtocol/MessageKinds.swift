/// What the ingress sends to a worker on ``WorkerDescriptor/calls``.
package enum IngressMessage: UInt8, Sendable {
    /// Asks for a ``WorkerMessage/description``. No payload.
    case describe = 1
    /// The values of the configuration file, which hold for all calls that follow: a JSON object, in which numbers may be `Infinity`,
    /// `-Infinity` and `NaN`.
    case configuration = 2
    /// One call: a ``CallHead``, then its sections.
    case call = 3
}

/// What a worker sends to the ingress on ``WorkerDescriptor/results``.
package enum WorkerMessage: UInt8, Sendable {
    /// The plugin is loaded. No payload.
    case ready = 1
    /// The plugin cannot be loaded: an ``Failure`` as JSON. The worker ends.
    case loadFailed = 2
    /// The exposed functions: a JSON array of their records in the order of their index.
    case description = 3
    /// The function's result as JSON. The worker is free again.
    case result = 4
    /// The call failed: an ``Failure`` as JSON. The worker is free again.
    case failure = 5
    /// One line of the function's logger: a ``LogRecord`` as JSON.
    case log = 6
}

/// What the ingress sends to a worker on ``WorkerDescriptor/control``, where it is read while a function runs too.
package enum ControlMessage: UInt8, Sendable {
    /// The caller of the call with this ``ActivationID`` has gone: its task is cancelled.
    case cancel = 1
    /// Where the document store is now: a ``DocumentStoreState`` as JSON.
    case documentStore = 2
}
