package import FunctionContracts
package import NIOCore
package import WorkerProtocol

/// One call from its admission to its outcome: its function, its input, and its caller.
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
        /// Named arguments as a JSON object, or empty for none.
        ///
        /// - Parameter areText: whether the values are text that is parsed by the parameters' types, as in a query or
        ///   a form.
        case arguments(ByteBuffer, areText: Bool = false)
        /// No arguments: the function is described and not called. The result is a ``FunctionSchemas`` as JSON.
        case description
    }

    /// The values of a request that replace those of the configuration file. Each is a JSON object, or empty for none.
    package struct ConfigurationOverrides: Sendable {
        package var config = ByteBuffer()
        /// Values that only the cloud sends, such as the address of its document store.
        package var internalConfig = ByteBuffer()

        package init(config: ByteBuffer = ByteBuffer(), internalConfig: ByteBuffer = ByteBuffer()) {
            self.config = config
            self.internalConfig = internalConfig
        }
    }

    /// The way in which the outcome reaches the caller.
    package enum Delivery: Sendable {
        /// The caller waits. If the caller goes away, the call is cancelled.
        case wait
        /// Nobody waits. The call runs to its end.
        case asynchronous
    }

    package let id: ActivationID
    package let cause: Cause
    package let target: FunctionName
    package let input: Input
    /// The body that the function reads in pieces, beside the arguments, or nil if there is none.
    package let body: NIOLoopBound<any BodyStream>?
    /// The context as a JSON object, or empty for none.
    package let context: ByteBuffer
    package let overrides: ConfigurationOverrides
    package let delivery: Delivery
    /// The invocation whose function makes this one.
    package let parent: ActivationID?
    /// The time at which the invocation ends, at whatever stage it is. If this is nil, only the function's own limit
    /// holds.
    package let deadline: NIODeadline?

    package init(
        id: ActivationID = .random(), cause: Cause, target: FunctionName,
        input: Input = .arguments(ByteBuffer()), body: NIOLoopBound<any BodyStream>? = nil,
        context: ByteBuffer = ByteBuffer(),
        overrides: ConfigurationOverrides = ConfigurationOverrides(), delivery: Delivery = .wait,
        parent: ActivationID? = nil, deadline: NIODeadline? = nil
    ) {
        self.id = id
        self.cause = cause
        self.target = target
        self.input = input
        self.body = body
        self.context = context
        self.overrides = overrides
        self.delivery = delivery
        self.parent = parent
        self.deadline = deadline
    }
}
