package import Values

/// What a function's author tells agents of it as a tool.
package struct ToolRecord: Equatable, Sendable {
    package var requiresHumanPermission: Bool
    /// Nil where only the function's documentation describes it.
    package var description: String?
    package var examples: [String]?
    /// A JSON Schema in place of the one of the types.
    package var inputSchema: JSONObject?
    /// A JSON Schema in place of the one of the types.
    package var outputSchema: JSONObject?
    package var meta: JSONObject?

    /// Reads what `@Exposed(agentic: true)` left in the record.
    package init(_ metadata: JSONObject) {
        requiresHumanPermission = metadata["requiresHumanPermission"]?.bool ?? false
        description = metadata["description"]?.string
        examples = metadata["examples"]?.array?.compactMap(\.string)
        inputSchema = metadata["inputSchema"]?.object
        outputSchema = metadata["outputSchema"]?.object
        meta = metadata["meta"]?.object
    }
}
