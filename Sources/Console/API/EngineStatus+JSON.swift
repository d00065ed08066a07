import Engine
import Failures
import FunctionContracts
import Values
import WorkerProtocol

extension EngineStatus {
    /// The body of `GET /_/health`. It has `failure` while the sources do not build, and `configurationFailure` while
    /// the configuration file cannot be read. Each is an error object.
    var healthJSON: JSONValue {
        let status: JSONValue =
            switch build {
            case .building: "building"
            case .ready: "ok"
            case .failed: "build-failed"
            }
        var health: JSONObject = [
            "status": status, "generation": generationJSON, "documentStore": .object(documentStore.publicJSON),
            "memory": [
                "limitMegabytes": .integer(Int64(memoryLimit >> 20)),
                "means": .array(memoryMeans.map(JSONValue.string)),
            ],
        ]
        if case .failed(let broken) = build { health["failure"] = .object(broken.failure.json) }
        if let configurationFailure { health["configurationFailure"] = .object(configurationFailure.json) }
        return .object(health)
    }

    /// The data of the event `state`, the first that a console receives. It holds the current values of everything
    /// that the other events report.
    var stateJSON: JSONValue {
        var state = healthJSON.object ?? [:]
        state["functions"] = functionsJSON
        return .object(state)
    }

    /// The number of the generation in effect, or 0 before the first.
    var generationJSON: JSONValue { .integer(Int64(generation?.number ?? 0)) }

    /// The functions without their schemas.
    var functionsJSON: JSONValue { .array((generation?.registry.functions ?? []).map(\.json)) }
}

/// The body of `GET /_/functions`.
enum DescribedFunctions {
    static func json(of functions: [(record: FunctionRecord, schemas: FunctionSchemas)]) -> JSONValue {
        let list: [JSONValue] = functions.map { record, schemas in
            var json = record.json.object ?? [:]
            json["inputSchema"] = schemas.input.map(JSONValue.object) ?? .null
            json["outputSchema"] = schemas.output.map(JSONValue.object) ?? .null
            if !schemas.issues.isEmpty { json["schemaIssues"] = .array(schemas.issues.map(\.json)) }
            return .object(json)
        }
        return ["functions": .array(list)]
    }
}

extension DocumentStoreState {
    /// The part of the state that may be shown to anyone: `state` and, if the store is ready, `kind`, `version` and
    /// the `uri` without user and password. If it is unavailable, `message` and `remedy`.
    var publicJSON: JSONObject {
        switch self {
        case .starting: ["state": "starting"]
        case .ready(let address):
            [
                "state": "ready", "kind": .string(address.kind), "version": .string(address.version),
                "uri": .string(address.redactedURI),
            ]
        case .unavailable(let failure):
            JSONObject([
                ("state", "unavailable"), ("message", .string(failure.message)),
                ("remedy", failure.remedy.map(JSONValue.string) ?? .null),
            ])
        case .byRequest: ["state": "by-request"]
        }
    }
}
