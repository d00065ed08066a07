package import Failures
package import Values

/// The sources of settings: flags, the environment and `workspace.yaml`. The first one that has a setting takes
/// precedence.
package struct SettingSources: Sendable {
    private let flags: [SettingKey: String]
    private let environment: [String: String]
    private let file: JSONObject

    /// Creates the sources.
    ///
    /// - Parameter file: the contents of `workspace.yaml`.
    /// - Throws: ``Failure`` for a key of the file that is not a setting.
    package init(
        flags: [SettingKey: String], environment: [String: String], file: JSONObject
    ) throws(Failure) {
        let valid = SettingKey.allCases.compactMap(\.fileKey)
        for key in file.keys where !valid.contains(key) { throw .unknownKey(key, valid: valid) }
        self.flags = flags
        self.environment = environment
        self.file = file
    }

    /// Returns the parsed value of a setting, or nil if no source has it.
    ///
    /// - Parameters:
    ///   - expected: a description of the values that the setting takes, for the error.
    ///   - parse: a closure that parses the value, and returns nil for a text that is not valid.
    /// - Throws: ``Failure``.
    func value<Value>(
        _ key: SettingKey, expected: String, parse: (String) -> Value?
    ) throws(Failure) -> Value? {
        guard let (text, source) = try text(key) else { return nil }
        guard let value = parse(text) else { throw .invalid(text, source: source, expected: expected) }
        return value
    }

    /// Returns the value of a setting that is a mapping in `workspace.yaml`, or nil if it is missing.
    ///
    /// - Throws: ``Failure``.
    func mapping(_ key: SettingKey) throws(Failure) -> JSONObject? {
        guard let fileKey = key.fileKey, let value = file[fileKey] else { return nil }
        // A key without a value stands for an empty mapping.
        if value.isNull { return [:] }
        guard let object = value.object else {
            throw .invalid(value.kindDescription, source: "\(fileKey) in workspace.yaml", expected: "a mapping")
        }
        return object
    }

    private func text(_ key: SettingKey) throws(Failure) -> (text: String, source: String)? {
        guard key.hasFlag else { return nil }
        if let flag = flags[key] { return (flag, "--\(key.rawValue)") }
        if let variable = environment[key.environmentName], !variable.isEmpty { return (variable, key.environmentName) }
        guard let fileKey = key.fileKey, let value = file[fileKey], !value.isNull else { return nil }
        let source = "\(fileKey) in workspace.yaml"
        switch value {
        case .string(let text): return (text, source)
        case .integer(let number): return (String(number), source)
        case .bool(let flag): return (String(flag), source)
        case .array(let list):
            let texts = list.compactMap(\.string)
            guard texts.count == list.count else { fallthrough }
            return (texts.joined(separator: ","), source)
        default: throw .invalid(value.kindDescription, source: source, expected: "text or a number")
        }
    }
}

extension SettingSources {
    /// Returns a setting that is a number.
    ///
    /// - Parameter standard: the default if the table has none.
    func number(_ key: SettingKey, standard: Int = 0) throws(Failure) -> Int {
        guard case .number(let range, let known) = key.row.values else {
            preconditionFailure("\(key) is not a number in the table of settings")
        }
        let expected = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        return try value(key, expected: expected) { text in
            Int(text).flatMap { range.contains($0) ? $0 : nil }
        } ?? known ?? standard
    }

    /// Returns a setting that is true or false.
    func flag(_ key: SettingKey) throws(Failure) -> Bool {
        try value(key, expected: "true, false, 1 or 0") { text in
            switch text.lowercased() {
            case "true", "1": true
            case "false", "0": false
            default: nil
            }
        } ?? false
    }

    /// Returns a setting that is a text, or its default, or nil if it has none.
    ///
    /// - Parameter parse: a closure that parses the text, and returns nil for one that is not valid.
    func text<Value>(_ key: SettingKey, parse: (String) -> Value?) throws(Failure) -> Value? {
        guard case .text(let expected, let standard) = key.row.values else {
            preconditionFailure("\(key) is not a text in the table of settings")
        }
        return try value(key, expected: expected, parse: parse) ?? standard.flatMap(parse)
    }

    /// Returns a setting that is any text, or its default, or nil if it has none.
    func text(_ key: SettingKey) throws(Failure) -> String? { try text(key) { $0 } }

    /// Returns a setting that is a list of texts.
    ///
    /// - Parameters:
    ///   - expected: the values that the setting takes, for messages.
    ///   - parse: a closure that returns a text in its usual form, or nil if it is not valid.
    func list(_ key: SettingKey, of expected: String, parse: (String) -> String?) throws(Failure) -> [String] {
        try value(key, expected: "\(expected), with commas") { text in
            let parts = text.split(separator: ",").map { $0.trimmingPrefix(while: \.isWhitespace) }.map { part in
                String(part.reversed().drop(while: \.isWhitespace).reversed())
            }.filter { !$0.isEmpty }
            let parsed = parts.compactMap(parse)
            return parsed.count == parts.count ? parsed : nil
        } ?? []
    }
}
