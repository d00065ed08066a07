package import Failures
package import NIOCore
import Values

/// The rules for a call's context: resources are objects with `publicId` and `name`, or null.
package enum CallContext {
    /// The resources whose permissions are checked. Permissions of other resources are ignored.
    private static let withPermissions = ["company", "agent", "asset"]
    private static let resources = ["user", "company", "agent", "asset", "template", "apiApplication"]

    /// Checks a context that is already known to be a JSON object.
    ///
    /// - Throws: ``Failure`` with the code `invalid-request` that names the field.
    package static func check(_ json: ByteBuffer) throws(Failure) {
        guard json.readableBytes > 0, let context = (try? JSONValue(parsing: json.readableBytesUInt8Span))?.object
        else { return }
        for name in resources {
            guard let resource = context[name], !resource.isNull else { continue }
            try check(resource, called: "context.\(name)", hasPermissions: withPermissions.contains(name))
        }
        if let token = context["accessToken"], !token.isNull, token.object == nil {
            throw .invalidRequest("'context.accessToken' must be an object, not \(token.kindDescription)")
        }
    }

    private static func check(
        _ resource: JSONValue, called name: String, hasPermissions: Bool
    ) throws(Failure) {
        guard case .object(let members) = resource else {
            throw .invalidRequest("'\(name)' must be an object, not \(resource.kindDescription)")
        }
        for key in ["publicId", "name"] where members[key]?.string == nil {
            let found = members[key].map { ", not \($0.kindDescription)" } ?? ""
            throw .invalidRequest("'\(name).\(key)' must be text\(found)")
        }
        if let custom = members["custom"], !custom.isNull, custom.object == nil {
            throw .invalidRequest("'\(name).custom' must be an object, not \(custom.kindDescription)")
        }
        if hasPermissions, let permissions = members["permissions"] {
            guard let list = permissions.array else {
                throw .invalidRequest(
                    "'\(name).permissions' must be a list of texts, not \(permissions.kindDescription)")
            }
            if let index = list.firstIndex(where: { $0.string == nil }) {
                throw .invalidRequest(
                    "'\(name).permissions[\(index)]' must be text, not \(list[index].kindDescription)")
            }
        }
    }

    /// Checks the values that only the cloud sends. They are already known to be a JSON object. Its `dbConfig` may be
    /// missing, and one that is not an object counts as missing.
    ///
    /// - Throws: ``Failure`` with the code `invalid-request` that names the field.
    package static func checkInternalConfig(_ json: ByteBuffer) throws(Failure) {
        guard json.readableBytes > 0, let config = (try? JSONValue(parsing: json.readableBytesUInt8Span))?.object
        else { return }
        guard let members = config["dbConfig"]?.object, !members.isEmpty else { return }
        for key in ["uri", "username", "password"] where members[key]?.string == nil {
            throw .invalidRequest("'internalConfig.dbConfig.\(key)' must be text")
        }
    }
}
