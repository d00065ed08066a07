import Failures
import FunctionContracts
import Values

/// What the functions are, with the schemas of what they take and give.
extension HostCore {
    /// The body of `GET /_/functions`.
    var describedFunctions: JSONValue {
        get async throws(Failure) {
            var list: [JSONValue] = []
            for (record, schemas) in try await described() {
                var json = record.json.object ?? [:]
                json["inputSchema"] = schemas.input.map(JSONValue.object) ?? .null
                json["outputSchema"] = schemas.output.map(JSONValue.object) ?? .null
                if !schemas.issues.isEmpty { json["schemaIssues"] = .array(schemas.issues.map(\.json)) }
                list.append(.object(json))
            }
            return ["functions": .array(list)]
        }
    }

    /// The body of `GET /_/openapi.json`.
    ///
    /// - Parameter server: the address that the request came to.
    func openAPI(server: String) async throws(Failure) -> JSONValue {
        OpenAPIDocument.json(of: try await described(), app: generation?.app, server: server)
    }

    /// The functions of the generation in effect with their schemas; of the next one if that takes effect meanwhile.
    ///
    /// - Parameter isWanted: which functions are meant.
    func described(
        where isWanted: (FunctionRecord) -> Bool = { _ in true }
    ) async throws(Failure) -> [(record: FunctionRecord, schemas: FunctionSchemas)] {
        var described: [(record: FunctionRecord, schemas: FunctionSchemas)] = []
        var number: Int?
        while let generation {
            if number != generation.number {
                number = generation.number
                described = []
            }
            let rest = generation.registry.functions.filter(isWanted).dropFirst(described.count)
            guard let record = rest.first else { break }
            let schemas = try await generation.schemas.schemas(of: record)
            if generation.number == self.generation?.number { described.append((record, schemas)) }
        }
        return described
    }
}
