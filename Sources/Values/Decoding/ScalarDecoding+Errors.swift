import FoundationEssentials

extension ScalarDecoding {
    /// Creates the error for a value that does not decode as a scalar type.
    ///
    /// The error is `typeMismatch` for a value of another kind, `valueNotFound` for `null`, and `dataCorrupted` for a
    /// value of the right kind that the type cannot hold.
    package static func mismatch(_ type: any Any.Type, _ value: JSONValue, at path: [any CodingKey]) -> DecodingError {
        let (expectation, kinds) = expectation(of: type, for: value)
        return mismatch(type, value, expected: expectation, ofKinds: kinds, at: path)
    }

    /// Creates the error for a value from which a type or container cannot be decoded.
    package static func mismatch(
        _ type: any Any.Type, _ value: JSONValue, expected: String, ofKinds kinds: Set<String> = [],
        at path: [any CodingKey]
    ) -> DecodingError {
        let context = DecodingError.Context(
            codingPath: path, debugDescription: "expected \(expected), found \(found(value))")
        if value.isNull { return .valueNotFound(type, context) }
        return kinds.contains(value.kindDescription) ? .dataCorrupted(context) : .typeMismatch(type, context)
    }

    /// Returns a description of the input that the type expects, and the kinds of value of which the type decodes
    /// some.
    package static func expectation(of type: any Any.Type, for value: JSONValue) -> (String, kinds: Set<String>) {
        switch type {
        case is String.Type: return ("text (String)", ["text"])
        case is Bool.Type: return ("true or false (Bool)", [])
        case is Double.Type, is Float.Type: return ("a number (\(type))", ["an integer", "a number"])
        case is Date.Type: return ("a date such as 2026-01-02T03:04:05Z (Date)", ["text"])
        case is Data.Type: return ("base64 text (Data)", ["text"])
        case is URL.Type: return ("a URL as text (URL)", ["text"])
        case is UUID.Type: return ("a UUID as text (UUID)", ["text"])
        case is Decimal.Type: return ("a number (Decimal)", ["text"])
        case is JSONObject.Type: return ("an object (JSONObject)", [])
        case let integer as any FixedWidthInteger.Type:
            guard isIntegral(value) else { return ("an integer (\(type))", []) }
            return ("an integer from \(lowest(integer)) to \(highest(integer)) (\(type))", ["an integer", "a number"])
        default: return ("\(type)", [])
        }
    }

    private static func isIntegral(_ value: JSONValue) -> Bool {
        switch value {
        case .integer, .bigInteger: true
        case .double(let double): double == double.rounded(.towardZero)
        default: false
        }
    }

    private static func lowest<Integer: FixedWidthInteger>(_ type: Integer.Type) -> String { "\(type.min)" }
    private static func highest<Integer: FixedWidthInteger>(_ type: Integer.Type) -> String { "\(type.max)" }

    /// Returns a value's description for messages: a scalar's text, shortened if it is long, or a container's kind.
    package static func found(_ value: JSONValue) -> String {
        switch value {
        case .null, .array, .object: value.kindDescription
        case .bool(let bool): "\(bool)"
        case .integer(let integer): "the integer \(integer)"
        case .bigInteger(let digits): "the integer \(shortened(digits))"
        case .double(let double): "the number \(double)"
        case .string(let text): "text \(ValuePath.quoted(shortened(text)))"
        }
    }

    private static func shortened(_ text: String) -> String {
        text.utf8.count <= 60 ? text : String(text.prefix(50)) + "…"
    }
}
