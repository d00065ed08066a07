/// A JSON value that keeps what JSON says: the order of keys, and integers apart from doubles.
public enum JSONValue: Sendable, Hashable {
    case null
    case bool(Bool)
    /// A number written without fraction and exponent that fits 64 bits.
    case integer(Int64)
    /// A number written without fraction and exponent beyond 64 bits: its digits, with `-` in front when negative.
    case bigInteger(String)
    /// Any other number. Not a number and the infinities have no JSON form: writing them throws.
    case double(Double)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)
}

extension JSONValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(nilLiteral: ()) { self = .null }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(integerLiteral value: Int64) { self = .integer(value) }
    public init(floatLiteral value: Double) { self = .double(value) }
    public init(stringLiteral value: String) { self = .string(value) }
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    public init(dictionaryLiteral elements: (String, JSONValue)...) { self = .object(JSONObject(elements)) }
}

extension JSONValue {
    /// The member of that name, nil when there is none or this is no object.
    public subscript(key: String) -> JSONValue? {
        guard case .object(let object) = self else { return nil }
        return object[key]
    }

    /// The element at that position, nil when there is none or this is no array.
    public subscript(index: Int) -> JSONValue? {
        guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
        return elements[index]
    }

    /// The text when this is a string.
    public var string: String? {
        if case .string(let string) = self { string } else { nil }
    }

    /// The number when this is an integer of at most 64 bits, or a double with an integral value that fits.
    public var integer: Int64? {
        switch self {
        case .integer(let integer): integer
        case .double(let double): Int64(exactly: double)
        default: nil
        }
    }

    /// The number as a double when this is any number.
    public var double: Double? {
        switch self {
        case .integer(let integer): Double(integer)
        case .bigInteger(let digits): Double(digits)
        case .double(let double): double
        default: nil
        }
    }

    /// The truth value when this is one.
    public var bool: Bool? {
        if case .bool(let bool) = self { bool } else { nil }
    }

    /// The elements when this is an array.
    public var array: [JSONValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// The members when this is an object.
    public var object: JSONObject? {
        if case .object(let object) = self { object } else { nil }
    }

    /// Whether this is `null`.
    public var isNull: Bool {
        if case .null = self { true } else { false }
    }

    /// What a message to a person calls a value of this kind: `null`, `true or false`, `an integer`, `a number`,
    /// `text`, `a list`, `an object`.
    public var kindDescription: String {
        switch self {
        case .null: "null"
        case .bool: "true or false"
        case .integer, .bigInteger: "an integer"
        case .double: "a number"
        case .string: "text"
        case .array: "a list"
        case .object: "an object"
        }
    }
}
