/// The configuration in effect for a call.
///
/// ```swift
/// let username: String = try context.config.value("serviceAccount.username")
/// let retries = try context.config.value("retries", default: 3)
/// ```
public struct Config: Sendable {
    /// All values.
    public let values: JSONObject

    /// Creates a configuration from its values, for tests of functions.
    public init(values: JSONObject) {
        self.values = values
    }

    /// The value under a key at the top level, or nil if there is none.
    public subscript(key: String) -> JSONValue? { values[key] }

    /// Decodes the value under a key.
    ///
    /// If the key is missing and the type is an optional, the result is nil.
    ///
    /// - Parameters:
    ///   - keyPath: the key; a dot goes one level down, as in `serviceAccount.username`.
    ///   - type: the type to decode, which is usually inferred.
    /// - Throws: ``ConfigError`` when the key is missing or its value is of another type.
    public func value<Value: Decodable>(_ keyPath: String, as type: Value.Type = Value.self) throws -> Value {
        guard let found = find(keyPath) else {
            if let none = missingValue(type) { return none }
            throw ConfigError(keyPath: keyPath, problem: "is missing")
        }
        return try decode(found, at: keyPath)
    }

    /// Decodes the value under a key, or returns a default if the key is missing.
    ///
    /// - Parameters:
    ///   - keyPath: the key; a dot goes one level down, as in `serviceAccount.username`.
    ///   - defaultValue: the result if the key is missing.
    /// - Throws: ``ConfigError`` when the value is of another type.
    public func value<Value: Decodable>(
        _ keyPath: String, default defaultValue: @autoclosure () throws -> Value
    ) throws -> Value {
        guard let found = find(keyPath) else { return try defaultValue() }
        return try decode(found, at: keyPath)
    }

    /// Decodes all values at once.
    ///
    /// - Parameter type: the type to decode, which is usually inferred.
    /// - Throws: ``ConfigError`` that names the key whose value does not fit.
    public func decode<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        try decode(.object(values), at: "")
    }

    private func find(_ keyPath: String) -> JSONValue? {
        var current = JSONValue.object(values)
        for key in keyPath.split(separator: ".", omittingEmptySubsequences: false) {
            guard let next = current[String(key)] else { return nil }
            current = next
        }
        return current
    }

    /// Describes an error without the value, which may be a secret.
    private static func problem(_ error: DecodingError, in value: JSONValue) -> String {
        let message = error.valueMessage
        if case .keyNotFound = error { return message }
        let expected = message.firstRange(of: ", found ").map { message[..<$0.lowerBound] } ?? "does not fit its type"
        let path: [any CodingKey] =
            switch error {
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
                context.codingPath
            default: []
            }
        let found = path.reduce(value as JSONValue?) { value, key in
            key.intValue.flatMap { value?[$0] } ?? value?[key.stringValue]
        }
        return "\(expected), found \((found ?? value).kindDescription)"
    }

    private func decode<Value: Decodable>(_ value: JSONValue, at keyPath: String) throws -> Value {
        do {
            return try ValueDecoder().decode(Value.self, from: value)
        } catch let error as DecodingError {
            let inner = error.valuePath
            let separator = keyPath.isEmpty || inner.isEmpty || inner.hasPrefix("[") ? "" : "."
            throw ConfigError(keyPath: keyPath + separator + inner, problem: Self.problem(error, in: value))
        }
    }
}

/// An error for a configuration value that is missing or of another type than the function expects.
public struct ConfigError: Error, Sendable, CustomStringConvertible {
    /// The path of the key from the top level, with dots.
    public let keyPath: String
    /// A description of the problem, as in `is missing`.
    public let problem: String

    public var description: String {
        "Config value '\(keyPath)' \(problem): set it in context_values.yaml or send it in the call's config"
    }
}
