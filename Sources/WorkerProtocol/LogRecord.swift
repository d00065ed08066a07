package import Values

/// One line that a function wrote with its logger.
package struct LogRecord: Equatable, Sendable {
    /// The level's name in swift-log: `trace`, `debug`, `info`, `notice`, `warning`, `error` or `critical`.
    package var level: String
    package var message: String
    package var metadata: JSONObject
    /// The call whose logger wrote the record, or nil for loggers of packages. It is not part of the JSON.
    package var activationID: ActivationID?

    package init(level: String, message: String, metadata: JSONObject = [:]) {
        self.level = level
        self.message = message
        self.metadata = metadata
    }

    /// The record as `level`, `message` and, if present, `metadata`.
    package var json: JSONObject {
        var object: JSONObject = ["level": .string(level), "message": .string(message)]
        if !metadata.isEmpty { object["metadata"] = .object(metadata) }
        return object
    }

    package init?(json: JSONObject) {
        guard let level = json["level"]?.string, let message = json["message"]?.string else { return nil }
        self.init(level: level, message: message, metadata: json["metadata"]?.object ?? [:])
    }
}
