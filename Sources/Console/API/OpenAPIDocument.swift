import Failures
import FunctionContracts
import Values

/// An OpenAPI 3.1 document that describes the functions' calls by path.
struct OpenAPIDocument {
    private var paths: JSONObject = [:]
    private var components: JSONObject = [:]
    private static let reference = "#/components/schemas/"

    /// - Parameters:
    ///   - server: the address at which the functions are called, as in `http://127.0.0.1:8020`.
    ///   - app: the app's description, if its author gives one.
    static func json(
        of functions: [(record: FunctionRecord, schemas: FunctionSchemas)], app: AppDescription?, server: String
    ) -> JSONValue {
        var document = OpenAPIDocument()
        document.components["Error"] = errorSchema
        for (record, schemas) in functions { document.add(record, schemas) }
        var info: JSONObject = ["title": .string(app?.shortName ?? "Cloud functions"), "version": "1"]
        info["description"] = app?.description.map(JSONValue.string)
        return [
            "openapi": "3.1.0", "info": .object(info), "servers": [["url": .string(server)]],
            "paths": .object(document.paths), "components": ["schemas": .object(document.components)],
        ]
    }

    private mutating func add(_ record: FunctionRecord, _ schemas: FunctionSchemas) {
        var operation: JSONObject = [:]
        let lines = record.documentation.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
        if let summary = lines.first, !summary.isEmpty { operation["summary"] = .string(String(summary)) }
        if !record.documentation.isEmpty { operation["description"] = .string(record.documentation) }
        operation["responses"] = responses(result(schemas, of: record))
        var post = operation
        post["operationId"] = .string(record.path)
        post["parameters"] = [Self.contextParameter]
        let isRequired = !(schemas.input?["required"]?.array ?? []).isEmpty
        post["requestBody"] = ["required": .bool(isRequired), "content": Self.json(input(schemas, of: record))]
        var path: JSONObject = ["post": .object(post)]
        if let parameters = Self.queryParameters(schemas.input ?? [:]) {
            operation["operationId"] = .string("GET \(record.path)")
            operation["parameters"] = .array([Self.contextParameter] + parameters)
            path["get"] = .object(operation)
        }
        paths["/\(record.path)"] = .object(path)
    }

    /// Returns the arguments as parts of a query, or nil if one of them is not a text, a number or a boolean.
    private static func queryParameters(_ schema: JSONObject) -> [JSONValue]? {
        let required = Set((schema["required"]?.array ?? []).compactMap(\.string))
        var parameters: [JSONValue] = []
        for (name, property) in schema["properties"]?.object ?? [:] {
            guard let type = property["type"]?.string, ["string", "integer", "number", "boolean"].contains(type)
            else { return nil }
            parameters.append([
                "name": .string(name), "in": "query", "required": .bool(required.contains(name)), "schema": property,
            ])
        }
        return parameters
    }

    private static let contextParameter: JSONValue = [
        "name": "Ingress-Context", "in": "header", "required": false,
        "description": "On whose behalf the function runs: user, company, agent, asset and template, as JSON.",
        "content": ["application/json": ["schema": ["type": "object"]]],
    ]

    private func responses(_ result: JSONValue) -> JSONValue {
        let failures: [(String, JSONValue)] = [
            ("400", "The arguments do not fit."), ("404", "There is no such function."),
            ("500", "The function failed, or the functions do not build."),
            ("503", "Too many calls wait, or the build takes long; try again."), ("504", "The function took too long."),
            ("default", "What else went wrong."),
        ]
        let success: JSONValue = ["description": "What the function returns.", "content": Self.json(result)]
        return .object(
            JSONObject(
                [("200", success)]
                    + failures.map { status, description in
                        (
                            status,
                            [
                                "description": description,
                                "content": Self.json(["$ref": "#/components/schemas/Error"]),
                            ]
                        )
                    }))
    }

    private static func json(_ schema: JSONValue) -> JSONValue { ["application/json": ["schema": schema]] }

    private mutating func input(_ schemas: FunctionSchemas, of record: FunctionRecord) -> JSONValue {
        if let given = record.tool?.inputSchema { return own(given, "input", of: record) }
        return .object(component(schemas.input ?? ["type": "object"]))
    }

    /// Returns the schema of the result itself, taken from the schema of the object that holds it.
    private mutating func result(_ schemas: FunctionSchemas, of record: FunctionRecord) -> JSONValue {
        if let given = record.tool?.outputSchema {
            let reference = own(given, "output", of: record)
            guard given["properties"]?["output"] != nil, let path = reference["$ref"]?.string else { return [:] }
            return ["$ref": .string("\(path)/properties/output")]
        }
        guard let output = schemas.output else { return [:] }
        let lifted = component(output)
        return lifted["properties"]?["output"] ?? .object(lifted)
    }

    /// Adds a schema that the author has given as a component, unchanged except for its references to itself, which
    /// then point to the component.
    private mutating func own(_ schema: JSONObject, _ part: String, of record: FunctionRecord) -> JSONValue {
        let name = Self.plain("\(record.path).\(part)")
        components[name] = Self.mapped(.object(schema)) { reference in
            reference.hasPrefix("#") ? Self.reference + name + reference.dropFirst() : nil
        }
        return ["$ref": .string(Self.reference + name)]
    }

    // MARK: - Definitions

    /// Returns a schema without its definitions, which become components of the document.
    private mutating func component(_ schema: JSONObject) -> JSONObject {
        var schema = schema
        guard let definitions = schema["$defs"]?.object else { return schema }
        schema["$defs"] = nil
        let names = names(for: definitions)
        for (name, definition) in definitions {
            components[names[name] ?? name] = Self.referring(definition, to: names)
        }
        return Self.referring(.object(schema), to: names).object ?? schema
    }

    /// Returns the name of each definition in the document: its own name, unless a different definition already has it.
    private func names(for definitions: JSONObject) -> [String: String] {
        var names = Dictionary(uniqueKeysWithValues: definitions.keys.map { ($0, Self.plain($0)) })
        for number in 2... {
            let taken = definitions.contains { name, definition in
                guard let chosen = names[name], let other = components[chosen] else { return false }
                return other != Self.referring(definition, to: names)
            }
            guard taken, number < 1_000 else { return names }
            // All names change together, because the definitions refer to each other.
            names = Dictionary(uniqueKeysWithValues: definitions.keys.map { ($0, "\(Self.plain($0))_\(number)") })
        }
        return names
    }

    /// Returns a name with only the characters that OpenAPI permits.
    private static func plain(_ name: String) -> String {
        String(
            name.unicodeScalars.map { scalar in
                scalar.isASCII
                    && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                        || ".-_".unicodeScalars.contains(scalar))
                    ? Character(scalar) : "_"
            })
    }

    /// Returns the schema with its references to definitions pointing to the document's components.
    private static func referring(_ schema: JSONValue, to names: [String: String]) -> JSONValue {
        mapped(schema) { text in text.trimmingDefinition.flatMap { names[$0] }.map { reference + $0 } }
    }

    /// Returns the schema with the references for which `change` returns a new one replaced.
    ///
    /// - Parameter hasNames: whether the members' names are chosen by the author, as those of properties are.
    private static func mapped(
        _ schema: JSONValue, hasNames: Bool = false, _ change: (String) -> String?
    ) -> JSONValue {
        switch schema {
        case .array(let elements): return .array(elements.map { mapped($0, change) })
        case .object(let object):
            let members = object.map { key, value -> (String, JSONValue) in
                if hasNames { return (key, mapped(value, change)) }
                switch key {
                case "$ref": return (key, value.string.flatMap(change).map(JSONValue.string) ?? value)
                // These members hold a value, not a schema.
                case "default", "enum", "const", "examples": return (key, value)
                case "properties", "patternProperties", "$defs", "dependentSchemas":
                    return (key, mapped(value, hasNames: true, change))
                default: return (key, mapped(value, change))
                }
            }
            return .object(JSONObject(members))
        default: return schema
        }
    }

    private static let codes = ErrorCode.allCases.filter { $0.origin != .command }.map { JSONValue.string($0.rawValue) }

    private static let errorSchema: JSONValue = [
        "type": "object", "required": ["error"],
        "properties": [
            "error": [
                "type": "object", "required": ["code", "message", "activationId"],
                "properties": [
                    "code": ["type": "string", "enum": .array(codes)],
                    "message": ["type": "string"], "remedy": ["type": "string"], "activationId": ["type": "string"],
                    "location": [
                        "type": "object", "required": ["file", "line"],
                        "properties": [
                            "file": ["type": "string"], "line": ["type": "integer"], "column": ["type": "integer"],
                        ],
                    ],
                ],
            ]
        ],
    ]
}

extension String {
    /// The name in `#/$defs/name`, or nil for other references.
    fileprivate var trimmingDefinition: String? {
        hasPrefix("#/$defs/") ? String(dropFirst("#/$defs/".count)) : nil
    }
}
