import Failures
import NIOCore
import Surfaces
import Values

/// A call that an HTML form posts, with the field names of the Python reference: `function`, `function_args__key0`
/// and `function_args__value0`, `company__public_id`, `company__custom_properties__key0`,
/// `company__permissions__value0` and so on.
struct FormCall {
    /// The fields in order, each with its first value. Empty fields are ignored, because forms send all of their
    /// fields.
    private var fields: [(name: String, value: String)] = []
    private var values: [String: String] = [:]
    private static let kinds = [
        ("user", false), ("company", true), ("asset", true), ("agent", true), ("template", false),
    ]

    /// - Parameter body: the body of type `application/x-www-form-urlencoded` in UTF-8.
    /// - Throws: ``Failure`` with the code `invalid-request` for other bytes.
    init(_ body: ByteBuffer) throws(Failure) {
        for (name, value) in try Query.parse(body.readableBytesView, called: "form")
        where !value.isEmpty && values[name] == nil {
            values[name] = value
            fields.append((name, value))
        }
    }

    /// The name of the function.
    var name: String { values["function"] ?? "" }

    /// The arguments as a JSON object, whose values are all text.
    var arguments: ByteBuffer { Self.json(pairs("function_args__")) }

    /// The context as a JSON object.
    var context: ByteBuffer {
        var context: JSONObject = [:]
        for (kind, hasPermissions) in Self.kinds {
            context[kind] = resource("\(kind)__", hasPermissions: hasPermissions)
        }
        return Self.json(context)
    }

    /// Returns a resource of the call's context, or nil unless it has an identity and a name.
    private func resource(_ prefix: String, hasPermissions: Bool) -> JSONValue? {
        guard let publicID = values["\(prefix)public_id"], let name = values["\(prefix)name"] else { return nil }
        var resource: JSONObject = [
            "publicId": .string(publicID), "name": .string(name),
            "custom": .object(pairs("\(prefix)custom_properties__")),
        ]
        if hasPermissions {
            let permissions = fields.filter { $0.name.hasPrefix("\(prefix)permissions__value") }
            resource["permissions"] = .array(permissions.map { .string($0.value) })
        }
        return .object(resource)
    }

    /// Returns the values of the fields `…value0` under the names in the fields `…key0`.
    private func pairs(_ prefix: String) -> JSONObject {
        let key = "\(prefix)key"
        var pairs: JSONObject = [:]
        for field in fields where field.name.hasPrefix(key) {
            guard let value = values["\(prefix)value\(field.name.dropFirst(key.count))"] else { continue }
            pairs[field.value] = .string(value)
        }
        return pairs
    }

    private static func json(_ object: JSONObject) -> ByteBuffer {
        // Text always has a JSON form.
        ByteBuffer(bytes: (try? JSONValue.object(object).jsonBytes()) ?? [])
    }
}
