package import Values

/// The sources of settings: flags, the environment and `workspace.yaml`, of which the first that has a setting
/// counts.
package struct SettingSources: Sendable {
    private let flags: [SettingKey: String]
    private let environment: [String: String]
    private let file: JSONObject

    /// Creates the sources.
    ///
    /// - Parameter file: the contents of `workspace.yaml`.
    /// - Throws: ``SettingsError`` for a key of the file that is not a setting.
    package init(
        flags: [SettingKey: String], environment: [String: String], file: JSONObject
    ) throws(SettingsError) {
        let valid = SettingKey.allCases.compactMap(\.fileKey)
        for key in file.keys where !valid.contains(key) { throw .unknownKey(key, valid: valid) }
        self.flags = flags
        self.environment = environment
        self.file = file
    }

    /// Returns the parsed value of a setting, or nil when no source has it.
    ///
    /// - Parameters:
    ///   - expected: a description of the values that the setting takes, for the error.
    ///   - parse: a closure that parses the value, and returns nil for a text that is not valid.
    /// - Throws: ``SettingsError``.
    func value<Value>(
        _ key: SettingKey, expected: String, parse: (String) -> Value?
    ) throws(SettingsError) -> Value? {
        guard let (text, source) = try text(key) else { return nil }
        guard let value = parse(text) else { throw .invalid(text, source: source, expected: expected) }
        return value
    }

    /// Returns the value of a setting that is a mapping in `workspace.yaml`, or nil when it is missing.
    ///
    /// - Throws: ``SettingsError``.
    func mapping(_ key: SettingKey) throws(SettingsError) -> JSONObject? {
        guard let fileKey = key.fileKey, let value = file[fileKey] else { return nil }
        // A key without a value stands for an empty mapping.
        if value.isNull { return [:] }
        guard let object = value.object else {
            throw .invalid(value.kindDescription, source: "\(fileKey) in workspace.yaml", expected: "a mapping")
        }
        return object
    }

    private func text(_ key: SettingKey) throws(SettingsError) -> (text: String, source: String)? {
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
