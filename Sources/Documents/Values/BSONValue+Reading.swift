public import FoundationEssentials

extension BSONValue {
    /// The field with the given name, or nil if there is none or this is not a document.
    public subscript(key: String) -> BSONValue? { document?[key] }

    /// The element at the given position, or nil if there is none or this is not an array.
    public subscript(index: Int) -> BSONValue? {
        guard let array, array.indices.contains(index) else { return nil }
        return array[index]
    }

    /// The text, if this is a string.
    public var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The number, if this is an `int32`, an `int64`, or a double with an integral value that fits.
    public var integer: Int64? {
        switch self {
        case .int32(let number): Int64(number)
        case .int64(let number): number
        case .double(let number): Int64(exactly: number)
        default: nil
        }
    }

    /// The number as a double, if this is an `int32`, an `int64` or a double.
    public var double: Double? {
        switch self {
        case .int32(let number): Double(number)
        case .int64(let number): Double(number)
        case .double(let number): number
        default: nil
        }
    }

    /// The Boolean value, if this is one.
    public var bool: Bool? {
        if case .bool(let flag) = self { flag } else { nil }
    }

    /// The date, if this is one.
    public var date: Date? {
        if case .date(let date) = self { date } else { nil }
    }

    /// The object id, if this is one.
    public var objectID: ObjectID? {
        if case .objectID(let id) = self { id } else { nil }
    }

    /// The fields, if this is a document.
    public var document: BSONDocument? {
        if case .document(let document) = self { document } else { nil }
    }

    /// The elements, if this is an array.
    public var array: [BSONValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// Whether this is `null`.
    public var isNull: Bool {
        if case .null = self { true } else { false }
    }

    /// The name of this kind of value in messages, such as `text` or `an object id`.
    public var kindDescription: String {
        switch self {
        case .null: "null"
        case .undefined: "undefined"
        case .bool: "true or false"
        case .int32, .int64: "an integer"
        case .double: "a number"
        case .decimal128: "a decimal number"
        case .string: "text"
        case .array: "a list"
        case .document: "a document"
        case .objectID: "an object id"
        case .date: "a date"
        case .binary: "bytes"
        case .regex: "a regular expression"
        case .timestamp: "a timestamp"
        case .minKey: "the least key"
        case .maxKey: "the greatest key"
        case .javaScript, .javaScriptWithScope: "code"
        case .symbol: "a symbol"
        case .dbPointer: "a pointer"
        }
    }
}
