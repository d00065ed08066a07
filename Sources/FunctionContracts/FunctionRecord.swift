package import Failures
package import Values

/// One exposed function as its plugin describes it.
package struct FunctionRecord: Equatable, Sendable {
    /// The position in the plugin.
    package var index: UInt32
    /// The dotted path, as in `functions.example.greet`.
    package var path: String
    /// The place of the function's name.
    package var place: SourcePlace
    package var documentation: String
    /// The parameters after the context.
    package var parameters: [PluginRecord.Parameter]
    /// The longest time that a call may take, or nil for the workspace's limit.
    package var timeout: Duration?
    /// The memory that a call may use, in bytes, or nil for the workspace's limit.
    package var memory: Int?
    /// The information for agents, or nil for a function that is not a tool.
    package var tool: PluginRecord.Tool?

    package init(
        index: UInt32, path: String, place: SourcePlace, documentation: String = "",
        parameters: [PluginRecord.Parameter] = []
    ) {
        self.index = index
        self.path = path
        self.place = place
        self.documentation = documentation
        self.parameters = parameters
    }

    /// Takes the function from a plugin's record.
    ///
    /// - Parameters:
    ///   - index: the position of the record in the plugin.
    ///   - folder: the folder that paths start from.
    /// - Returns: nil if the record is of another kind, or of a file elsewhere.
    package init?(_ record: PluginRecord, index: Int, in folder: FunctionsFolder) {
        guard let name = record.name, let inner = folder.inner(record.file), let shown = folder.shown(record.file)
        else { return nil }
        let module = inner.split(separator: "/").map { $0.hasSuffix(".swift") ? String($0.dropLast(6)) : String($0) }
        self.init(
            index: UInt32(index), path: (["functions"] + module + [record.exposedAs ?? name]).joined(separator: "."),
            place: SourcePlace(file: shown, line: record.line, column: record.column),
            documentation: record.documentation ?? "", parameters: record.parameters ?? [])
        timeout = record.timeoutMilliseconds.map { .milliseconds($0) }
        memory = record.memoryMegabytes.map { $0 << 20 }
        tool = record.tool
    }

    /// The record as `GET /_/functions` shows it.
    package var json: JSONValue {
        var json: JSONObject = [
            "path": .string(path), "file": .string(place.file), "line": .integer(Int64(place.line)),
            "documentation": .string(documentation),
            // Texts and Booleans have a JSON form always.
            "parameters": (try? ValueEncoder().encode(parameters)) ?? [],
        ]
        if let timeout { json["timeoutMilliseconds"] = .integer(Int64(timeout / .milliseconds(1))) }
        if let memory { json["memoryMegabytes"] = .integer(Int64(memory >> 20)) }
        if tool != nil { json["agentic"] = true }
        return .object(json)
    }
}
