package import Values

/// One operation of a function on the document store or on the API.
package struct OperationRecord: Equatable, Sendable {
    /// The system that performed the operation.
    package enum System: String, Sendable {
        case documentStore = "document-store"
        case api
    }

    package var system: System
    /// The server command or the HTTP method, as in `find` or `GET`.
    package var name: String
    /// The collection or the `rel` of the API.
    package var target: String
    /// The time at which the operation began, in milliseconds since 1970.
    package var startMilliseconds: Double
    package var durationMilliseconds: Double
    /// Whether the function got an error.
    package var hasFailed: Bool

    package init(
        _ system: System, name: String, target: String, startMilliseconds: Double, durationMilliseconds: Double,
        hasFailed: Bool
    ) {
        self.system = system
        self.name = name
        self.target = target
        self.startMilliseconds = startMilliseconds
        self.durationMilliseconds = durationMilliseconds
        self.hasFailed = hasFailed
    }

    /// The record as `system`, `name`, `target`, `start`, `duration` and `failed`.
    package var json: JSONObject {
        [
            "system": .string(system.rawValue), "name": .string(name), "target": .string(target),
            "start": .double(startMilliseconds), "duration": .double(durationMilliseconds), "failed": .bool(hasFailed),
        ]
    }

    /// Creates a record from the members that ``json`` returns, or nil for anything else.
    package init?(json: JSONObject) {
        guard let system = json["system"]?.string.flatMap(System.init), let name = json["name"]?.string,
            let target = json["target"]?.string, let start = json["start"]?.double,
            let duration = json["duration"]?.double, let hasFailed = json["failed"]?.bool
        else { return nil }
        self.init(
            system, name: name, target: target, startMilliseconds: start, durationMilliseconds: duration,
            hasFailed: hasFailed)
    }
}
