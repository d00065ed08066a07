package import Values

/// One record of a plugin, as the macros write it: of an exposed function, or of the app.
///
/// The macros write it as JSON text, because nothing that runs in a worker can be compiled into a compiler plug-in too
/// without being compiled twice. A test of theirs decodes what they write.
package struct PluginRecord: Codable, Equatable, Sendable {
    /// The app's description, as its author gives it with `#AppDescription`.
    package struct App: Codable, Equatable, Sendable {
        package var shortName: String?
        package var description: String?
    }

    /// A parameter after the context.
    package struct Parameter: Codable, Equatable, Sendable {
        package var name: String
        /// The type as it is written in the source.
        package var type: String
        /// The default as it is written in the source.
        package var `default`: String?
        /// The kind of a default that is a literal.
        package var defaultKind: String?
        package var documentation: String?
        /// Whether the parameter takes all arguments.
        package var catchAll: Bool?
    }

    /// The information that a function's author gives agents about it as a tool, with `@Exposed(agentic: true)`.
    package struct Tool: Codable, Equatable, Sendable {
        package var requiresHumanPermission: Bool?
        /// The description, or nil if only the function's documentation describes it.
        package var description: String?
        package var examples: [String]?
        /// The JSON Schema that replaces the one made from the types.
        package var inputSchema: JSONObject?
        /// The JSON Schema that replaces the one made from the types.
        package var outputSchema: JSONObject?
        package var meta: JSONObject?
    }

    package var appDescription: App?
    /// The function's name; nil in the record of the app.
    package var name: String?
    /// Another name to call it by.
    package var exposedAs: String?
    /// The absolute path of the source.
    package var file: String
    /// The line, from 1.
    package var line: Int
    /// The column, from 1.
    package var column: Int?
    package var documentation: String?
    package var timeoutMilliseconds: Int64?
    package var memoryMegabytes: Int?
    package var tool: Tool?
    package var parameters: [Parameter]?
    /// The type of the result as it is written in the source; nil where there is none.
    package var result: String?
    package var isAsync: Bool?
    package var `throws`: Bool?

    /// Decodes a record.
    ///
    /// - Throws: `DecodingError` for a value that is not a record, which is a programming error.
    package init(_ json: JSONValue) throws {
        self = try ValueDecoder().decode(PluginRecord.self, from: json)
    }
}
