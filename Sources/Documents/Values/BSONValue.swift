public import FoundationEssentials

/// A value in a MongoDB document, of any of BSON's types.
///
/// Source: the BSON specification, version 1.1.
public enum BSONValue: Sendable, Hashable {
    case double(Double)
    case string(String)
    case document(BSONDocument)
    case array([BSONValue])
    case binary(BSONBinary)
    case objectID(ObjectID)
    case bool(Bool)
    /// A point in time, which MongoDB stores in milliseconds.
    case date(Date)
    case null
    case regex(BSONRegex)
    case int32(Int32)
    case timestamp(BSONTimestamp)
    case int64(Int64)
    case decimal128(Decimal128)
    case minKey
    case maxKey
    case javaScript(String)
    /// Deprecated by MongoDB, and supported so that every document can be read.
    case javaScriptWithScope(String, BSONDocument)
    /// Deprecated by MongoDB, and supported so that every document can be read.
    case symbol(String)
    /// Deprecated by MongoDB, and supported so that every document can be read.
    case dbPointer(collection: String, id: ObjectID)
    /// Deprecated by MongoDB, and supported so that every document can be read.
    case undefined
}

extension BSONValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(nilLiteral: ()) { self = .null }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// Creates an `int32` if the number fits, otherwise an `int64`, as in the Python driver.
    public init(integerLiteral value: Int64) { self = BSONValue(value) }
    public init(floatLiteral value: Double) { self = .double(value) }
    public init(stringLiteral value: String) { self = .string(value) }
    public init(arrayLiteral elements: BSONValue...) { self = .array(elements) }
    public init(dictionaryLiteral elements: (String, BSONValue)...) { self = .document(BSONDocument(elements)) }
}

extension BSONValue {
    /// Creates an `int32` if the number fits, otherwise an `int64`, as in the Python driver.
    public init(_ number: some BinaryInteger & SignedInteger) {
        if let small = Int32(exactly: number) { self = .int32(small) } else { self = .int64(Int64(number)) }
    }

    public init(_ text: String) { self = .string(text) }
    public init(_ flag: Bool) { self = .bool(flag) }
    public init(_ number: Double) { self = .double(number) }
    public init(_ date: Date) { self = .date(date) }
    public init(_ id: ObjectID) { self = .objectID(id) }
}
