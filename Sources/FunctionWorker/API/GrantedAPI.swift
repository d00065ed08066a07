import CloudFunctions
import Logging
import Values

/// An API that passes on what the workspace's `api_access` grants, and refuses everything else as the cloud does.
struct GrantedAPI: API {
    let api: any API
    /// The methods that may be used, by resource, with nil for all methods.
    let grants: [String: Set<String>?]
    let logger: Logger

    /// Creates an API that checks grants.
    ///
    /// - Parameter grants: `true` or a list of methods for each resource, as ``Workspace`` writes them.
    init(api: any API, grants: JSONObject, logger: Logger) {
        self.api = api
        self.logger = logger
        self.grants = Dictionary(
            uniqueKeysWithValues: grants.map { rel, methods in
                (rel, methods.array.map { Set($0.compactMap(\.string)) })
            })
    }

    func answer(_ question: APIQuestion) async throws -> JSONValue {
        if let methods = grants[question.rel], methods?.contains(question.method) ?? true {
            return try await api.answer(question)
        }
        let message = "Access to \(question.method) \(question.rel) is not granted"
        logger.warning(
            "\(message): add it to api_access in workspace.yaml, and to the function's API access in the cloud")
        return ["type": "Error", "data": [["message": .string(message)]], "status": "error"]
    }
}
