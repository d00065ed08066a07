import Failures
import Values

/// What an authorisation function allows: paths, each with the resource that it belongs to where the function names one.
struct ObjectGrant {
    /// Which of the functions of `ayayot.objectstorage_v1` is asked.
    enum Action: String {
        case upload, download, list, update, delete

        /// The function's name.
        var function: String { "ayayot.objectstorage_v1.authorize_\(rawValue)" }
    }

    /// The paths that are allowed; one for all actions but `list`.
    let paths: [(path: ObjectPath, resource: JSONObject)]

    /// Reads what a function answered.
    ///
    /// - Throws: ``Failure`` with the code `object-access-denied` when it denies, or answers what it must not.
    init(_ answer: JSONValue, of action: Action) throws(Failure) {
        guard !answer.isNull else { throw Self.denied(action, "denies it") }
        guard answer["result"] == "success", let data = answer["data"] else {
            throw Self.denied(action, "must answer {\"result\": \"success\", \"data\": …} or nothing, not \(answer)")
        }
        var paths: [(path: ObjectPath, resource: JSONObject)] = []
        for entry in action == .list ? data.array ?? [data] : [data] {
            guard let text = entry["path"]?.string else {
                throw Self.denied(action, "must answer with a 'path', not \(entry)")
            }
            guard let path = ObjectPath(text) else {
                throw Self.denied(action, "answers with the path '\(text)', which leaves the object storage")
            }
            var resource: JSONObject = [:]
            if action == .list {
                let type = entry["type"] ?? .null
                guard type == "Asset" || type == "Agent" else {
                    throw Self.denied(action, "must answer with a 'type', Asset or Agent, not \(type)")
                }
                resource = ["publicId": entry["publicId"] ?? .null, "type": type]
            }
            paths.append((path, resource))
        }
        self.paths = paths
    }

    /// What the failure of the function that decides means: that access is denied, unless the workspace itself does not work.
    static func denial(_ failure: Failure, of action: Action) -> Failure {
        switch failure.code {
        case .functionNotFound: denied(action, "is not there")
        case .invalidArgument: denied(action, "takes more than the context")
        case .buildFailed, .configurationInvalid: failure
        case let code where code.origin == .function: denied(action, "failed: \(failure.message)")
        default: failure
        }
    }

    /// The failure of a function that was asked and did not allow.
    static func denied(_ action: Action, _ reason: String) -> Failure {
        Failure(
            .objectAccessDenied, "Access to the object storage is denied: functions.\(action.function) \(reason)",
            remedy: "The function decides who may \(action.rawValue); see the article Storing objects.")
    }
}
