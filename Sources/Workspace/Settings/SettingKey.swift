/// The settings. The raw value of each is the name of its flag, and ``SettingKey/row`` is the only table of them.
package enum SettingKey: String, CaseIterable, Sendable {
    case functions
    case bind
    case port
    case logLevel = "log-level"
    case workersMax = "workers-max"
    case queueMax = "queue-max"
    case workerIdleTimeoutMilliseconds = "worker-idle-timeout-ms"
    case functionMemoryMegabytes = "function-memory-mb"
    case functionTimeoutMilliseconds = "function-timeout-ms"
    case buildWaitMilliseconds = "build-wait-ms"
    case documentStore = "document-store"
    case documentDBPort = "document-db-port"
    case keepData = "keep-data"
    case allowOrigin = "allow-origin"
    case allowHost = "allow-host"
    case apiClientBaseURL = "api-client-base-url"
    case apiTimeoutMilliseconds = "api-timeout-ms"
    case apiStub = "api-stub"
    case apiRecord = "api-record"
    case apiAccess = "api-access"
    case productionMode = "production-mode"
    case signaturePublicKeys = "signature-public-keys"

    /// The environment variable for the setting.
    package var environmentName: String {
        switch self {
        case .functions: "CBC_PATH"
        case .bind: "HTTP_SERVER_BIND"
        case .port: "HTTP_SERVER_PORT"
        case .logLevel: "LOGGER_LOG_LEVEL"
        case .signaturePublicKeys: "CBC_SIGNATURE_PUBLIC_KEYS"
        default: rawValue.uppercased().replacing("-", with: "_")
        }
    }

    /// The key of the setting in `workspace.yaml`, or nil for the setting that determines where that file is.
    package var fileKey: String? {
        self == .functions ? nil : rawValue.replacing("-", with: "_")
    }

    /// Whether the setting has a flag and an environment variable. A mapping can be set only in `workspace.yaml`.
    package var hasFlag: Bool {
        if case .mapping = row.values { false } else { true }
    }
}
