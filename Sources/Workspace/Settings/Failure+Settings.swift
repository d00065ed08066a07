import Failures
import Ingress
import SystemSupport
import WorkerProtocol

/// The failures of settings with invalid values, and of keys that are not settings.
extension Failure {
    /// Returns the failure for a value that is not valid.
    ///
    /// - Parameters:
    ///   - source: the place of the value, such as `--port`.
    ///   - expected: the values that the setting takes, such as `a number from 0 to 65535`.
    static func invalid(_ value: String, source: String, expected: String) -> Failure {
        // A text that was meant as a connection string may hold a password.
        let value = value.contains("@") ? ConnectionString.redacted(value) : value
        return Failure(.invalidSetting, "'\(value)' is no value for \(source): it takes \(expected)")
    }

    /// The failure for production mode without keys, in which no request could be answered.
    static var noSignatureKeys: Failure {
        Failure(
            .invalidSetting,
            "Production mode needs CBC_SIGNATURE_PUBLIC_KEYS: the Ed25519 public keys of those who sign requests")
    }

    /// The failure for setting both a stub and recording, which would record the stub's answers.
    static var stubAndRecord: Failure {
        Failure(.invalidSetting, "--api-stub and --api-record are both set: leave one out")
    }

    /// Returns the failure for a folder of answers that does not exist.
    static func noStubFolder(_ path: String) -> Failure {
        Failure(.invalidSetting, "--api-stub: there is no folder \(path)")
    }

    /// The failure for a stub in production mode, whose answers are not the API's, or for recording, which would put
    /// customers' data on this disk.
    static var stubInProduction: Failure {
        Failure(.invalidSetting, "--api-stub and --api-record are for development: leave them out in production mode")
    }

    /// Returns the failure for a text that is not a key.
    static func signatureKey(_ problem: SignatureKeyProblem) -> Failure {
        Failure(.invalidSetting, "CBC_SIGNATURE_PUBLIC_KEYS: \(problem)")
    }

    /// Returns the failure for a key of `workspace.yaml` that is not a setting.
    static func unknownKey(_ key: String, valid: [String]) -> Failure {
        Failure(
            .invalidSetting,
            "workspace.yaml: there is no setting '\(key)'; the settings are \(valid.joined(separator: ", "))")
    }
}
