public import Values

/// Makes a function callable from outside.
///
/// The function must be at the top level of a file in the functions folder and take a ``FunctionContext`` first. Its
/// path consists of the folder, the file and its name: `greet` in `functions/example.swift` is
/// `functions.example.greet`. All further parameters are arguments of the call, which are decoded according to their
/// types. The caller may leave out an argument whose parameter has a default or an optional type. A parameter of the
/// type ``Arguments`` receives all arguments at once. The function's result is returned to the caller as JSON;
/// without a result, the answer is `null`.
///
/// ```swift
/// @Exposed
/// func greet(_ context: FunctionContext, name: String = "person") throws -> String
/// ```
///
/// The arguments of the attribute are written as literals.
///
/// - Parameters:
///   - name: the last part of the path, made of letters, digits, `_` and `-`; the function's own name by default.
///   - timeout: the longest time a call may take, as in `.seconds(5)`; the workspace's limit by default.
///   - memory: the most memory a call may use, as in `.megabytes(64)`; the workspace's limit by default.
///   - agentic: whether AI agents may use the function as a tool. A tool needs a description and types that can be
///     described.
///   - requiresHumanPermission: whether an agent asks a person before each call of the tool.
///   - description: the tool's purpose, for agents; the documentation comment by default.
///   - examples: uses of the tool, one line each.
///   - inputSchema: a JSON Schema of the arguments; by default, the one of the parameters' types.
///   - outputSchema: a JSON Schema of `{"output": result}`; by default, the one of the result's type.
///   - meta: further information for agents.
@attached(peer, names: prefixed(__exposed_), prefixed(__exposedAs_))
public macro Exposed(
    _ name: String? = nil, timeout: Duration? = nil, memory: MemoryLimit? = nil, agentic: Bool = false,
    requiresHumanPermission: Bool = false, description: String? = nil, examples: [String]? = nil,
    inputSchema: JSONObject? = nil, outputSchema: JSONObject? = nil, meta: JSONObject? = nil
) = #externalMacro(module: "CloudFunctionsMacros", type: "ExposedMacro")
