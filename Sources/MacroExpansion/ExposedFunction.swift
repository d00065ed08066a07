import SwiftSyntax

/// A function that can be exposed, as the macro sees it.
struct ExposedFunction {
    /// The way in which the function's result reaches the caller.
    enum Result {
        case none
        /// A value of one type, possibly opaque.
        case value(TypeSyntax)
        /// A value of any encodable type.
        case existential(TypeSyntax)
    }

    /// The limits of a call.
    struct Limits {
        var timeoutMilliseconds: Int?
        var memoryMegabytes: Int?
    }

    /// The actor that the function runs on, according to its attributes.
    enum Isolation {
        case none
        /// The attribute names a global actor.
        case actor(AttributeSyntax)
        /// One of the user's own attributes may name a global actor.
        case unknown
    }

    /// The function's name as written, with its backticks.
    var name: TokenSyntax
    /// The name given to `@Exposed`, or nil if there is none.
    var exposedName: String?
    /// The limits of a call, as far as `@Exposed` sets them.
    var limits: Limits
    /// The description of the tool for agents, as members of a JSON object, or nil if the function is not a tool.
    var tool: [(key: String, value: String)]?
    /// The parameter that takes the `FunctionContext`.
    var context: FunctionParameterSyntax
    /// The parameters for the caller's arguments, in order.
    var parameters: [ExposedParameter]
    var result: Result
    var isAsync: Bool
    var canThrow: Bool
    var isolation: Isolation
    /// The documentation without its field lists.
    var documentation: String
}

/// A parameter for an argument of the caller.
struct ExposedParameter {
    /// The name that callers use.
    var name: String
    /// The label in a Swift call, or nil if there is none.
    var label: String?
    /// The type on one line, without the `!` of an implicitly unwrapped optional.
    var type: String
    /// The default value as written, or nil if there is none.
    var defaultValue: String?
    /// The form of the default value, `literal` or `member`, as `ParameterNotes` reads it; nil for any other form,
    /// and without a default.
    var defaultKind: String?
    /// Whether the parameter takes all arguments.
    var isCatchAll: Bool
    var documentation: String?
}
