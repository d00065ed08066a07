import Ingress
import WorkerProtocol

/// A setting with an invalid value, or a key that is not a setting. This is wrong usage: exit code 2.
package struct SettingsError: Error, Equatable, CustomStringConvertible {
    package let description: String

    /// Returns the error for a value that is not valid.
    ///
    /// - Parameters:
    ///   - source: the place of the value, such as `--port`.
    ///   - expected: the values that the setting takes, such as `a number from 0 to 65535`.
    static func invalid(_ value: String, source: String, expected: String) -> SettingsError {
        // A text that was meant as a connection string may hold a password.
        let value = value.contains("@") ? ConnectionString.redacted(value) : value
        return SettingsError(description: "'\(value)' is no value for \(source): it takes \(expected)")
    }

    /// The error for production mode without keys, in which no request could be answered.
    static var noSignatureKeys: SettingsError {
        SettingsError(
            description:
                "Production mode needs CBC_SIGNATURE_PUBLIC_KEYS: the Ed25519 public keys of those who sign requests")
    }

    /// The error for recording the answers of a stub.
    static var stubAndRecord: SettingsError {
        SettingsError(description: "--api-stub and --api-record are both set: leave one out")
    }

    /// Returns the error for a folder of answers that does not exist.
    static func noStubFolder(_ path: String) -> SettingsError {
        SettingsError(description: "--api-stub: there is no folder \(path)")
    }

    /// The error for a stub in production mode, whose answers are not the API's, or for recording, which would put
    /// customers' data on this disk.
    static var stubInProduction: SettingsError {
        SettingsError(description: "--api-stub and --api-record are for development: leave them out in production mode")
    }

    /// Returns the error for a text that is not a key.
    static func signatureKey(_ problem: SignatureKeyProblem) -> SettingsError {
        SettingsError(description: "CBC_SIGNATURE_PUBLIC_KEYS: \(problem)")
    }

    /// Returns the error for a key of `workspace.yaml` that is not a setting.
    static func unknownKey(_ key: String, valid: [String]) -> SettingsError {
        SettingsError(
            description:
                "workspace.yaml: there is no setting '\(key)'; the settings are \(valid.joined(separator: ", "))")
    }
}
