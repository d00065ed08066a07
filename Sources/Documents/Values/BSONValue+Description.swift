import Values

extension BSONValue: CustomStringConvertible {
    /// The value in a readable form, as in `{"_id": ObjectID(6b015470a54b554be6ab1d79), "likes": 3}`.
    public var description: String {
        switch self {
        case .null, .bool, .int32, .int64, .string: Self.jsonText(json)
        case .double(let number): number.description
        case .document(let document): document.description
        case .array(let elements): "[" + elements.map(\.description).joined(separator: ", ") + "]"
        case .binary(let binary): binary.uuid.map { "UUID(\($0))" } ?? "Binary(\(binary.subtype), \(binary.text))"
        case .objectID(let id): "ObjectID(\(id))"
        case .date: "Date(\(json.string ?? Self.jsonText(json)))"
        case .regex(let regex): "/\(regex.pattern)/\(regex.options)"
        case .timestamp(let timestamp): "Timestamp(\(timestamp.seconds), \(timestamp.increment))"
        case .decimal128(let number): "Decimal128(\(number))"
        case .minKey: "MinKey"
        case .maxKey: "MaxKey"
        case .javaScript(let code): "Code(\(Self.jsonText(.string(code))))"
        case .javaScriptWithScope(let code, let scope): "Code(\(Self.jsonText(.string(code))), \(scope))"
        case .symbol(let text): "Symbol(\(Self.jsonText(.string(text))))"
        case .dbPointer(let collection, let id): "DBPointer(\(Self.jsonText(.string(collection))), \(id))"
        case .undefined: "undefined"
        }
    }

    fileprivate static func jsonText(_ json: JSONValue) -> String { (try? json.jsonString()) ?? "" }
}

extension BSONDocument: CustomStringConvertible {
    /// The fields in their order in a readable form, as in `{"a": 1, "b": ["text", null]}`.
    public var description: String {
        let fields = map { "\(BSONValue.jsonText(.string($0.key))): \($0.value)" }
        return "{" + fields.joined(separator: ", ") + "}"
    }
}
