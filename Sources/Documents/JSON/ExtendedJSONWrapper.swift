import FoundationEssentials
import Values

/// The form in Extended JSON of a value that JSON lacks: an object with a certain key.
///
/// Source: the MongoDB Extended JSON specification, version 2.
struct ExtendedJSONWrapper: Sendable {
    /// A description of the value that must be under the key, for messages.
    private let expected: String
    /// Reads the value under the key, or returns nil if it is not as expected.
    private let value: @Sendable (JSONValue) throws(NotRepresentable) -> BSONValue?

    /// The only key that may have another one beside it, and which is therefore not in `all`.
    private static let codeKey = "$code"

    private static let all: [String: ExtendedJSONWrapper] = [
        "$oid": text("24 hexadecimal digits as text") { ObjectID($0).map(BSONValue.objectID) },
        "$numberInt": text("an integer of 32 bits as text") { Int32($0).map(BSONValue.int32) },
        "$numberLong": text("an integer of 64 bits as text") { Int64($0).map(BSONValue.int64) },
        "$numberDouble": text("a number, Infinity, -Infinity or NaN as text") { double($0).map(BSONValue.double) },
        "$numberDecimal": text("a number of at most 34 digits as text") { Decimal128($0).map(BSONValue.decimal128) },
        "$symbol": text("text") { .symbol($0) },
        "$uuid": text("a UUID as text") { UUID(uuidString: $0).map { .binary(BSONBinary($0)) } },
        "$minKey": constant("1", 1, .minKey),
        "$maxKey": constant("1", 1, .maxKey),
        "$undefined": constant("true", true, .undefined),
        "$date": ExtendedJSONWrapper(
            expected: #"a date such as 2026-01-02T03:04:05Z, or {"$numberLong": milliseconds since 1970 as text}"#,
            value: date),
        "$binary": pair("base64", "subType") { object throws(NotRepresentable) in
            let bytes = try object.member("base64", "base64 text") { $0.string.flatMap { Data(base64Encoded: $0) } }
            let subtype = try object.member("subType", "one or two hexadecimal digits as text", subtype)
            return .binary(BSONBinary([UInt8](bytes), subtype: subtype))
        },
        "$regularExpression": pair("pattern", "options") { object throws(NotRepresentable) in
            let pattern = try object.member("pattern", "text", \.string)
            return .regex(BSONRegex(pattern, options: try object.member("options", "text", \.string)))
        },
        "$timestamp": pair("t", "i") { object throws(NotRepresentable) in
            let expected = "an integer from 0 to \(UInt32.max)"
            let seconds = try object.member("t", expected) { $0.integer.flatMap(UInt32.init(exactly:)) }
            let increment = try object.member("i", expected) { $0.integer.flatMap(UInt32.init(exactly:)) }
            return .timestamp(BSONTimestamp(seconds: seconds, increment: increment))
        },
        "$dbPointer": pair("$ref", "$id") { object throws(NotRepresentable) in
            let collection = try object.member("$ref", "text", \.string)
            let id = try object.member("$id", #"{"$oid": 24 hexadecimal digits as text}"#) {
                json throws(NotRepresentable) in try value(of: json.object, under: "$oid")?.objectID
            }
            return .dbPointer(collection: collection, id: id)
        },
    ]

    /// Returns the value that the object stands for, or nil if it is a document.
    ///
    /// - Parameter levels: the greatest number of nested documents and lists.
    static func value(of object: JSONObject, levels: Int) throws(NotRepresentable) -> BSONValue? {
        guard let key = key(in: object) else { return nil }
        return key == codeKey ? try code(object, levels: levels) : try value(of: object, under: key)
    }

    /// Returns the first key that makes the object a value other than a document.
    private static func key(in object: JSONObject) -> String? {
        object.first { $0.key.utf8.first == UInt8(ascii: "$") && ($0.key == codeKey || all[$0.key] != nil) }?.key
    }

    /// Returns the value of an object that must have only the given key, or nil if the object does not have it.
    private static func value(of object: JSONObject?, under key: String) throws(NotRepresentable) -> BSONValue? {
        guard let object, object[key] != nil, let wrapper = all[key] else { return nil }
        try object.expectOnly(key)
        return try object.member(key, wrapper.expected, wrapper.value)
    }

    private static func code(_ object: JSONObject, levels: Int) throws(NotRepresentable) -> BSONValue {
        try object.expectOnly(codeKey, "$scope")
        let code = try object.member(codeKey, "text", \.string)
        guard object["$scope"] != nil else { return .javaScript(code) }
        let scope = try object.member("$scope", "a document") { json throws(NotRepresentable) -> BSONDocument? in
            guard let object = json.object, key(in: object) == nil else { return nil }
            return try BSONDocument(json: object, levels: levels, as: .extended)
        }
        return .javaScriptWithScope(code, scope)
    }

    // MARK: - Kinds of wrappers

    private static func text(
        _ expected: String, _ value: @escaping @Sendable (String) -> BSONValue?
    ) -> ExtendedJSONWrapper {
        ExtendedJSONWrapper(expected: expected) { $0.string.flatMap(value) }
    }

    private static func constant(_ name: String, _ constant: JSONValue, _ value: BSONValue) -> ExtendedJSONWrapper {
        // In the other branch of `?:`, nil would be BSON's null.
        ExtendedJSONWrapper(expected: name) { $0 == constant ? .some(value) : .none }
    }

    /// Creates a wrapper around an object with two members.
    private static func pair(
        _ first: String, _ second: String,
        _ value: @escaping @Sendable (JSONObject) throws(NotRepresentable) -> BSONValue
    ) -> ExtendedJSONWrapper {
        ExtendedJSONWrapper(expected: #"an object of "\#(first)" and "\#(second)""#) { json throws(NotRepresentable) in
            guard let object = json.object else { return nil }
            try object.expectOnly(first, second)
            return try value(object)
        }
    }

    // MARK: - Values

    /// Parses a number. `Double` itself also accepts hexadecimal digits and other names of NaN and the infinities.
    private static func double(_ text: String) -> Double? {
        switch text {
        case "Infinity": return .infinity
        case "-Infinity": return -.infinity
        case "NaN": return .nan
        default:
            guard text.allSatisfy("0123456789+-.eE".contains), let number = Double(text), number.isFinite else {
                return nil
            }
            return number
        }
    }

    @Sendable private static func date(_ json: JSONValue) throws(NotRepresentable) -> BSONValue? {
        if case .int64(let milliseconds)? = try value(of: json.object, under: "$numberLong") {
            return .date(Date(millisecondsSince1970: milliseconds))
        }
        guard let date = try? ValueDecoder().decode(Date.self, from: json) else { return nil }
        return .date(Date(millisecondsSince1970: date.millisecondsSince1970))
    }

    private static func subtype(_ json: JSONValue) -> UInt8? {
        guard let digits = json.string, 1...2 ~= digits.utf8.count, digits.allSatisfy(\.isHexDigit) else { return nil }
        return UInt8(digits, radix: 16)
    }
}

extension JSONObject {
    /// Returns the member with the given name, or throws an error if it is missing or not as expected.
    fileprivate func member<Value>(
        _ key: String, _ expected: String, _ value: (JSONValue) throws(NotRepresentable) -> Value?
    ) throws(NotRepresentable) -> Value {
        do throws(NotRepresentable) {
            guard let json = self[key] else { throw NotRepresentable("is missing") }
            if let value = try value(json) { return value }
            throw NotRepresentable("expected \(expected), found \(ScalarDecoding.found(json))")
        } catch {
            throw error.inside(.name(key))
        }
    }

    /// Throws an error if there is a member with any other name.
    fileprivate func expectOnly(_ keys: String...) throws(NotRepresentable) {
        guard let other = self.keys.first(where: { !keys.contains($0) }) else { return }
        let names = keys.map { "\"\($0)\"" }.joined(separator: " and ")
        throw NotRepresentable("expected nothing but \(names) here").inside(.name(other))
    }
}
