import CloudFunctions
import FoundationEssentials
import Logging
import Values

/// The API according to the settings, which reach a worker as environment variables.
struct WorkerAPI {
    /// The API that functions use.
    let granted: any API
    /// The API that the worker itself uses, whatever is granted to the functions.
    let ungranted: any API

    /// Creates the API from the environment variables.
    ///
    /// - Parameter root: the workspace's folder.
    init(root: String) {
        let logger = Logger(label: "api")
        var api: any API
        if let folder = Self.variable("API_STUB") {
            api = StubbedAPI(folder: folder, unanswered: "\(root)/.workspace/api-unanswered", logger: logger)
        } else {
            api = APIServer(
                baseURL: Self.variable("API_CLIENT_BASE_URL") ?? "",
                transport: TransportLibrary(
                    path: TransportLibrary.ownPath,
                    timeout: Self.variable("API_TIMEOUT_MS").flatMap(Double.init).map { $0 / 1_000 } ?? 30))
            if let folder = Self.variable("API_RECORD") { api = RecordingAPI(api: api, folder: folder, logger: logger) }
        }
        ungranted = api
        if let text = Self.variable("API_ACCESS") {
            // Grants that cannot be read grant nothing.
            api = GrantedAPI(api: api, grants: (try? JSONValue(parsing: text))?.object ?? [:], logger: logger)
        }
        granted = api
    }

    /// Whether the emulator runs in production mode, where calls carry what the workspace provides in development.
    static let isProduction = variable("PRODUCTION_MODE") == "true"

    private static func variable(_ name: String) -> String? {
        environmentVariable(name).flatMap { $0.isEmpty ? nil : $0 }
    }
}
