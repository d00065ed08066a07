import InvocationProtocol

/// A setting with a value that it cannot have, or a key that is no setting. Wrong usage: exit code 2.
package struct SettingsError: Error, Equatable, CustomStringConvertible {
    package let description: String

    /// A value that does not fit.
    ///
    /// - Parameters:
    ///   - source: where the value stands, as in `--port`.
    ///   - expected: what it takes, as in `a number from 0 to 65535`.
    static func invalid(_ value: String, source: String, expected: String) -> SettingsError {
        // What was meant as a connection string may hold a password.
        let value = value.contains("@") ? ConnectionString.redacted(value) : value
        return SettingsError(description: "'\(value)' is no value for \(source): it takes \(expected)")
    }

    /// A setting of the cloud's ingress that there is not yet.
    static func notThere(_ setting: String, _ purpose: String) -> SettingsError {
        SettingsError(description: "\(setting) is not supported yet: this emulator does not \(purpose); leave it out")
    }

    /// A key of `workspace.yaml` that is no setting.
    static func unknownKey(_ key: String, valid: [String]) -> SettingsError {
        SettingsError(
            description:
                "workspace.yaml: there is no setting '\(key)'; the settings are \(valid.joined(separator: ", "))")
    }
}
