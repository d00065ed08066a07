package import Values

/// The information that a function's author gives agents about it as a tool.
package struct ToolRecord: Equatable, Sendable {
    package var requiresHumanPermission: Bool
    /// The description, or nil if only the function's documentation describes it.
    package var description: String?
    package var examples: [String]?
    /// The JSON Schema that replaces the one made from the types.
    package var inputSchema: JSONObject?
    /// The JSON Schema that replaces the one made from the types.
    package var outputSchema: JSONObject?
    package var meta: JSONObject?

    /// Reads the part of a record that `@Exposed(agentic: true)` left.
    package init(_ metadata: JSONObject) {
        requiresHumanPermission = metadata["requiresHumanPermission"]?.bool ?? false
        description = metadata["description"]?.string
        examples = metadata["examples"]?.array?.compactMap(\.string)
        inputSchema = metadata["inputSchema"]?.object
        outputSchema = metadata["outputSchema"]?.object
        meta = metadata["meta"]?.object
    }
}
