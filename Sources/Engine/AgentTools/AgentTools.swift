import Failures
import FunctionContracts
import Values

/// The answers to the questions of agents about an app, in the shapes of the wire contract.
struct AgentTools {
    let app: AppDescription?
    /// The failed build, if there is one. Tools in its files are not listed.
    let broken: BrokenBuild?
    private var tools: [Tool] = []

    init(app: AppDescription?, broken: BrokenBuild?) {
        self.app = app
        self.broken = broken
    }

    /// Adds a function if it is a tool.
    mutating func add(_ function: FunctionRecord, _ schemas: FunctionSchemas) {
        guard let record = function.tool else { return }
        var schemas = schemas
        if let broken, broken.files.contains(function.place.file) {
            // A file with errors of its own is reported as a whole.
            guard !brokenFiles.contains(where: { $0.file == function.place.file }) else { return }
            schemas = FunctionSchemas(issues: [.init("import_error", broken.failure.message)])
        }
        tools.append(Tool(function, record, schemas))
    }

    func answer(_ question: AgentQuestion) -> JSONValue {
        switch question {
        case .listTools: Self.success(.array(sorted.filter(\.isReady).map(\.json)))
        case .listIssues: Self.success(.array(importErrors + sorted.filter { !$0.isReady }.map(\.json)))
        case .appDescription:
            Self.success([
                "description": knownApp?.description.map(JSONValue.string) ?? .null,
                "shortName": knownApp?.shortName.map(JSONValue.string) ?? .null,
            ])
        }
    }

    private static func success(_ data: JSONValue) -> JSONValue { ["result": "success", "data": data] }

    private var sorted: [Tool] { tools.sorted { $0.name < $1.name } }

    /// The description, or nil if its file has changed and does not build.
    private var knownApp: AppDescription? {
        app.flatMap { broken?.files.contains($0.place.file) == true ? nil : $0 }
    }

    private var importErrors: [JSONValue] {
        brokenFiles.map { error in
            [
                "type": "import_error", "module_name": .string(Self.module(error.file)),
                "error": .string(error.messages.joined(separator: "\n")),
            ]
        }
    }

    /// The files that do not compile, each with its errors.
    private var brokenFiles: [(file: String, messages: [String])] {
        guard let broken else { return [] }
        var errors: [(file: String, messages: [String])] = []
        for diagnostic in broken.failure.details.diagnostics where diagnostic.severity == .error {
            let file = diagnostic.file ?? "", message = diagnostic.message
            let line = diagnostic.line.map { "\(file):\($0): \(message)" } ?? message
            if let index = errors.firstIndex(where: { $0.file == file }) {
                errors[index].messages.append(line)
            } else {
                errors.append((file, [line]))
            }
        }
        return errors.isEmpty ? [("", [broken.failure.message])] : errors
    }

    /// Returns the name of a file's module, relative to the functions' folder. A problem without a file belongs to
    /// the folder itself.
    private static func module(_ file: String) -> String {
        let parts = file.split(separator: "/").dropFirst()
        guard let last = parts.last else { return "functions" }
        let name = last.hasSuffix(".swift") ? last.dropLast(".swift".count) : last
        return (parts.dropLast() + [name]).joined(separator: ".")
    }
}

extension AgentTools {
    /// A function that agents may use.
    private struct Tool {
        /// The name relative to the functions' folder.
        let name: String
        private let record: PluginRecord.Tool
        private let description: String?
        private let schemas: FunctionSchemas

        init(_ function: FunctionRecord, _ record: PluginRecord.Tool, _ made: FunctionSchemas) {
            name = String(function.path.dropFirst("functions.".count))
            self.record = record
            description = [record.description, function.documentation].compactMap(\.self).first { !$0.isEmpty }
            var schemas = made
            if let given = record.inputSchema {
                schemas.input = given
                schemas.issues.removeAll { $0.type == "input_schema_generation_error" }
            }
            if let given = record.outputSchema {
                schemas.output = given
                schemas.issues.removeAll { $0.type == "output_schema_generation_error" }
            }
            if description == nil {
                schemas.issues.insert(
                    // This is the message of the Python reference.
                    .init("description_missing", "Agentic methods require description for docstrings"),
                    at: 0)
            }
            self.schemas = schemas
        }

        var isReady: Bool { description != nil && schemas.input != nil }

        var json: JSONValue {
            var parts = description.map { [$0] } ?? []
            if let examples = record.examples, !examples.isEmpty {
                parts.append((["examples:"] + examples).joined(separator: "\n"))
            }
            return [
                "name": .string(name), "description": .string(parts.joined(separator: "\n")),
                "requires_human_permission": .bool(record.requiresHumanPermission ?? false),
                "inputSchema": schemas.input.map(JSONValue.object) ?? .null,
                "outputSchema": schemas.output.map(JSONValue.object) ?? .null,
                "meta": record.meta.map(JSONValue.object) ?? .null,
                "issues": .array(schemas.issues.map(\.json)),
            ]
        }
    }
}
