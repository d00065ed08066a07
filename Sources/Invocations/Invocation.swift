package import FunctionContracts
package import NIOCore
package import WorkerProtocol

/// One call from its admission to its outcome: what is called, with what, and on whose behalf.
package final class Invocation: Sendable {
    /// The reason for an invocation.
    package enum Cause: String, Sendable {
        /// A request over HTTP.
        case http
        /// The emulator itself, which asks for a function's schemas.
        case description
    }

    /// The input of a function.
    package enum Input: Sendable {
        /// Named arguments: a JSON object, empty for none.
        ///
        /// - Parameter areText: Whether the values are text that is parsed by the parameters' types, as in a query or a form.
        case arguments(ByteBuffer, areText: Bool = false)
        /// Nothing: the function is described and not called. The result is a ``FunctionSchemas`` as JSON.
        case description
    }

    /// Values that a request sends in place of those of the configuration file; each a JSON object, empty for none.
    package struct ConfigurationOverrides: Sendable {
        package var config = ByteBuffer()
        /// Values that only the cloud sends, such as the address of its document store.
        package var internalConfig = ByteBuffer()

        package init(config: ByteBuffer = ByteBuffer(), internalConfig: ByteBuffer = ByteBuffer()) {
            self.config = config
            self.internalConfig = internalConfig
        }
    }

    /// The way in which an outcome reaches whoever asked for it.
    package enum Delivery: Sendable {
        /// Somebody waits for it: when they go away, the call is cancelled.
        case wait
        /// Nobody waits: the call runs to its end.
        case asynchronous
    }

    package let id: ActivationID
    package let cause: Cause
    package let target: FunctionName
    package let input: Input
    /// The context as a JSON object, empty for none.
    package let context: ByteBuffer
    package let overrides: ConfigurationOverrides
    package let delivery: Delivery
    /// The invocation whose function makes this one.
    package let parent: ActivationID?
    /// The time at which it ends, wherever it is; nil for the function's own limit alone.
    package let deadline: NIODeadline?

    package init(
        id: ActivationID = .random(), cause: Cause, target: FunctionName,
        input: Input = .arguments(ByteBuffer()), context: ByteBuffer = ByteBuffer(),
        overrides: ConfigurationOverrides = ConfigurationOverrides(), delivery: Delivery = .wait,
        parent: ActivationID? = nil, deadline: NIODeadline? = nil
    ) {
        self.id = id
        self.cause = cause
        self.target = target
        self.input = input
        self.context = context
        self.overrides = overrides
        self.delivery = delivery
        self.parent = parent
        self.deadline = deadline
    }
}
