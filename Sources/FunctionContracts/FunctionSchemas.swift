package import Values

/// The JSON Schemas of a function's arguments and result, as far as its types permit.
package struct FunctionSchemas: Equatable, Sendable {
    /// A problem with a part of a function that could not be described, or that agents miss.
    package struct Issue: Equatable, Sendable {
        /// The missing part, as in `input_schema_generation_error`. The names are those of the wire contract.
        package var type: String
        /// The reason, as a sentence for a person.
        package var error: String

        package init(_ type: String, _ error: String) {
            self.type = type
            self.error = error
        }

        /// The issue as `type` and `error`.
        package var json: JSONValue { ["type": .string(type), "error": .string(error)] }
    }

    /// The schema of the object of arguments.
    package var input: JSONObject?
    /// The schema of an object that has the result as `output`.
    package var output: JSONObject?
    package var issues: [Issue]

    package init(input: JSONObject? = nil, output: JSONObject? = nil, issues: [Issue] = []) {
        self.input = input
        self.output = output
        self.issues = issues
    }

    /// The schemas as `inputSchema`, `outputSchema` and `issues`.
    package var json: JSONObject {
        [
            "inputSchema": input.map(JSONValue.object) ?? .null, "outputSchema": output.map(JSONValue.object) ?? .null,
            "issues": .array(issues.map(\.json)),
        ]
    }

    /// Creates the schemas from the members that ``json`` returns, or nil for anything else.
    package init?(json: JSONObject) {
        guard let issues = json["issues"]?.array else { return nil }
        self.init(input: json["inputSchema"]?.object, output: json["outputSchema"]?.object)
        for issue in issues {
            guard let type = issue["type"]?.string, let error = issue["error"]?.string else { return nil }
            self.issues.append(Issue(type, error))
        }
    }
}
