public import Values

/// Makes a function callable from outside.
///
/// The function stands at the top level of a file in the functions folder and takes a ``FunctionContext`` first. Its path is the
/// folder, the file and its name: `greet` in `functions/example.swift` is `functions.example.greet`. All further parameters are
/// arguments of the call, decoded by their type; those with a default or an optional type may be left out. A parameter of the type
/// ``Arguments`` receives all arguments at once. What the function returns is the answer as JSON; without a result it is `null`.
///
/// ```swift
/// @Exposed
/// func greet(_ context: FunctionContext, name: String = "person") throws -> String
/// ```
///
/// - Parameters:
///   - name: the last part of the path, when it shall be another than the function's own name. Letters, digits, `_` and `-`.
///   - timeout: how long a call may take, as in `.seconds(5)`, written with a literal; the workspace's limit by default.
///   - memory: how much memory a call may use, as in `.megabytes(64)`, written with a literal; the workspace's limit by default.
///   - agentic: whether AI agents may use the function as a tool. It needs a description then, and types that can be described.
///   - requiresHumanPermission: whether an agent asks a person before each call of the tool.
///   - description: what the tool does, for agents; the documentation comment by default.
///   - examples: uses of the tool, each a line.
///   - inputSchema: a JSON Schema of the arguments; the one of the parameters' types by default.
///   - outputSchema: a JSON Schema of `{"output": result}`; the one of the result's type by default.
///   - meta: whatever agents shall know beside it.
///
/// What describes a tool is written with literals.
@attached(peer, names: prefixed(__exposed_), prefixed(__exposedAs_))
public macro Exposed(
    _ name: String? = nil, timeout: Duration? = nil, memory: MemoryLimit? = nil, agentic: Bool = false,
    requiresHumanPermission: Bool = false, description: String? = nil, examples: [String]? = nil,
    inputSchema: JSONObject? = nil, outputSchema: JSONObject? = nil, meta: JSONObject? = nil
) = #externalMacro(module: "CloudFunctionsMacros", type: "ExposedMacro")
