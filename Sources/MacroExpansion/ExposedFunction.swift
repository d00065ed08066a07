import SwiftSyntax

/// What the macro knows of a function that can be exposed.
struct ExposedFunction {
    /// How the function's result reaches the caller.
    enum Result {
        case none
        /// A value of one type, possibly opaque.
        case value(TypeSyntax)
        /// A value of any encodable type.
        case existential(TypeSyntax)
    }

    /// What a call may use.
    struct Limits {
        var timeoutMilliseconds: Int?
        var memoryMegabytes: Int?
    }

    /// What the function's attributes say of the actor it runs on.
    enum Isolation {
        case none
        /// The attribute names a global actor.
        case actor(AttributeSyntax)
        /// An attribute of the user's own may name a global actor.
        case unknown
    }

    /// The function's name as written, with its backticks.
    var name: TokenSyntax
    /// The name given to `@Exposed`.
    var exposedName: String?
    /// What a call may use, as far as `@Exposed` says so.
    var limits: Limits
    /// What agents are told of it as a tool, as members of a JSON object; nil when it is none.
    var tool: [(key: String, value: String)]?
    /// The parameter that takes the `FunctionContext`.
    var context: FunctionParameterSyntax
    /// The parameters that the caller's arguments are for, in order.
    var parameters: [ExposedParameter]
    var result: Result
    var isAsync: Bool
    var canThrow: Bool
    var isolation: Isolation
    /// The documentation without its field lists.
    var documentation: String
}

/// A parameter that an argument of the caller is for.
struct ExposedParameter {
    /// The name that callers use.
    var name: String
    /// The label in a Swift call; nil for none.
    var label: String?
    /// The type on one line, without the `!` of an implicitly unwrapped optional.
    var type: String
    /// The default value as written.
    var defaultValue: String?
    /// `literal` or `member`, as `ParameterNotes` reads it; nil for any other default, and for none.
    var defaultKind: String?
    /// Whether the parameter takes all arguments.
    var isCatchAll: Bool
    var documentation: String?
}
