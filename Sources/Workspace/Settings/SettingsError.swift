import Ingress
import WorkerProtocol

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

    /// Production mode in which no request could be answered.
    static var noSignatureKeys: SettingsError {
        SettingsError(
            description:
                "Production mode needs CBC_SIGNATURE_PUBLIC_KEYS: the Ed25519 public keys of those who sign requests")
    }

    /// Answers of a stub would be recorded.
    static var stubAndRecord: SettingsError {
        SettingsError(description: "--api-stub and --api-record are both set: leave one out")
    }

    /// A folder of answers that is not there.
    static func noStubFolder(_ path: String) -> SettingsError {
        SettingsError(description: "--api-stub: there is no folder \(path)")
    }

    /// Answers that are not the API's, or customers' data on this disk.
    static var stubInProduction: SettingsError {
        SettingsError(description: "--api-stub and --api-record are for development: leave them out in production mode")
    }

    /// A key that is none.
    static func signatureKey(_ problem: SignatureKeyProblem) -> SettingsError {
        SettingsError(description: "CBC_SIGNATURE_PUBLIC_KEYS: \(problem)")
    }

    /// A key of `workspace.yaml` that is no setting.
    static func unknownKey(_ key: String, valid: [String]) -> SettingsError {
        SettingsError(
            description:
                "workspace.yaml: there is no setting '\(key)'; the settings are \(valid.joined(separator: ", "))")
    }
}
