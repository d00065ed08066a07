import Failures
import Values

/// The permission that an authorisation function gives: paths, each with the resource it belongs to if the function
/// names one.
struct ObjectGrant {
    /// The actions that need permission. A function of `ayayot.objectstorage_v1` decides on each.
    enum Action: String {
        case upload, download, list, update, delete

        /// The name of the function that decides.
        var function: String { "ayayot.objectstorage_v1.authorize_\(rawValue)" }
    }

    /// The permitted paths. For all actions but `list`, there is one.
    let paths: [(path: ObjectPath, resource: JSONObject)]

    /// Reads the result of the function that decides.
    ///
    /// - Throws: ``Failure`` with the code `object-access-denied` if the function denies access or its result is not
    ///   valid.
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

    /// Returns the failure of a request for which the function that decides has failed. Access is denied, unless the
    /// workspace itself does not work.
    static func denial(_ failure: Failure, of action: Action) -> Failure {
        switch failure.code {
        case .functionNotFound: denied(action, "is not there")
        case .invalidArgument: denied(action, "takes more than the context")
        case .buildFailed, .configurationInvalid: failure
        case let code where code.origin == .function: denied(action, "failed: \(failure.message)")
        default: failure
        }
    }

    /// Returns the failure of a request that the function did not permit.
    static func denied(_ action: Action, _ reason: String) -> Failure {
        Failure(
            .objectAccessDenied, "Access to the object storage is denied: functions.\(action.function) \(reason)",
            remedy: "The function decides who may \(action.rawValue); see the article Storing objects.")
    }
}
