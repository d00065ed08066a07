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
    /// The parameters after the context, as objects with `name`, `type` and, if present, `default`, `documentation`
    /// and `catchAll`.
    package var parameters: [JSONValue]
    /// The longest time that a call may take, or nil for the workspace's limit.
    package var timeout: Duration?
    /// The memory that a call may use, in bytes, or nil for the workspace's limit.
    package var memory: Int?
    /// The information for agents, or nil for a function that is not a tool.
    package var tool: ToolRecord?

    package init(
        index: UInt32, path: String, place: SourcePlace, documentation: String = "", parameters: [JSONValue] = []
    ) {
        self.index = index
        self.path = path
        self.place = place
        self.documentation = documentation
        self.parameters = parameters
    }

    /// Reads the record that `@Exposed` left in the plugin.
    ///
    /// - Parameter folder: the folder that paths start from.
    /// - Returns: nil if a member is missing, which is a programming error.
    package init?(index: Int, metadata: JSONValue, in folder: FunctionsFolder) {
        guard let name = metadata["name"]?.string, let file = metadata["file"]?.string,
            let line = metadata["line"]?.integer, let inner = folder.inner(file), let shown = folder.shown(file)
        else { return nil }
        let module = inner.split(separator: "/").map { $0.hasSuffix(".swift") ? String($0.dropLast(6)) : String($0) }
        self.init(
            index: UInt32(index),
            path: (["functions"] + module + [metadata["exposedAs"]?.string ?? name]).joined(separator: "."),
            place: SourcePlace(file: shown, line: Int(line), column: metadata["column"]?.integer.map { Int($0) }),
            documentation: metadata["documentation"]?.string ?? "",
            parameters: metadata["parameters"]?.array ?? [])
        timeout = metadata["timeoutMilliseconds"]?.integer.map { .milliseconds($0) }
        memory = metadata["memoryMegabytes"]?.integer.map { Int($0) << 20 }
        tool = metadata["tool"]?.object.map(ToolRecord.init)
    }

    /// The record as `GET /_/functions` shows it.
    package var json: JSONValue {
        var json: JSONObject = [
            "path": .string(path), "file": .string(place.file), "line": .integer(Int64(place.line)),
            "documentation": .string(documentation), "parameters": .array(parameters),
        ]
        if let timeout { json["timeoutMilliseconds"] = .integer(Int64(timeout / .milliseconds(1))) }
        if let memory { json["memoryMegabytes"] = .integer(Int64(memory >> 20)) }
        if tool != nil { json["agentic"] = true }
        return .object(json)
    }
}
