@_exported public import Values

public import Logging

/// All that a function knows about the call it serves.
public struct FunctionContext: Sendable {
    /// The values of `context_values.yaml`, with those of the request over them.
    public let config: Config

    /// Writes log lines that belong to this call.
    public let logger: Logger

    /// The identity of this call: 32 hexadecimal digits, also in the answer's `Ingress-Activation-Id` header.
    public let activationID: String

    package init(config: Config, logger: Logger, activationID: String) {
        self.config = config
        self.logger = logger
        self.activationID = activationID
    }
}
