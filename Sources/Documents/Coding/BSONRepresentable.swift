import FoundationEssentials
import Values

/// A type that BSON has values of: it is encoded as one and decoded from one, whatever its own coding says.
protocol BSONRepresentable {
    /// The value as BSON.
    ///
    /// - Throws: ``NotRepresentable``.
    var bsonValue: BSONValue { get throws }
    /// Reads the value; nil when it is of another kind.
    init?(bsonValue: BSONValue)
    /// What a message to a person calls the type.
    static var bsonDescription: String { get }
}

/// A value that BSON cannot hold.
struct NotRepresentable: Error {
    let reason: String
}

extension BSONRepresentable where Self: FixedWidthInteger {
    /// 32 bits where the number fits, else 64, as the Python driver does.
    var bsonValue: BSONValue {
        get throws {
            if let number = Int32(exactly: self) { return .int32(number) }
            guard let number = Int64(exactly: self) else {
                throw NotRepresentable(reason: "the integer \(self) does not fit the 64 bits that MongoDB has for one")
            }
            return .int64(number)
        }
    }

    init?(bsonValue: BSONValue) {
        guard let number = bsonValue.integer.flatMap(Self.init(exactly:)) else { return nil }
        self = number
    }

    static var bsonDescription: String { "an integer (\(Self.self))" }
}

extension Int: BSONRepresentable {}
extension Int8: BSONRepresentable {}
extension Int16: BSONRepresentable {}
extension Int32: BSONRepresentable {}
extension Int64: BSONRepresentable {}
extension UInt: BSONRepresentable {}
extension UInt8: BSONRepresentable {}
extension UInt16: BSONRepresentable {}
extension UInt32: BSONRepresentable {}
extension UInt64: BSONRepresentable {}

extension Double: BSONRepresentable {
    var bsonValue: BSONValue { .double(self) }
    init?(bsonValue: BSONValue) {
        guard let number = bsonValue.double else { return nil }
        self = number
    }
    static var bsonDescription: String { "a number" }
}

extension Float: BSONRepresentable {
    var bsonValue: BSONValue { .double(Double(self)) }
    init?(bsonValue: BSONValue) {
        guard let number = bsonValue.double else { return nil }
        self = Float(number)
    }
    static var bsonDescription: String { "a number" }
}

extension String: BSONRepresentable {
    var bsonValue: BSONValue { .string(self) }
    init?(bsonValue: BSONValue) {
        guard let text = bsonValue.string else { return nil }
        self = text
    }
    static var bsonDescription: String { "text" }
}

extension Bool: BSONRepresentable {
    var bsonValue: BSONValue { .bool(self) }
    init?(bsonValue: BSONValue) {
        guard let flag = bsonValue.bool else { return nil }
        self = flag
    }
    static var bsonDescription: String { "true or false" }
}

extension Date: BSONRepresentable {
    var bsonValue: BSONValue { .date(self) }
    init?(bsonValue: BSONValue) {
        guard let date = bsonValue.date else { return nil }
        self = date
    }
    static var bsonDescription: String { "a date" }
}

extension Data: BSONRepresentable {
    var bsonValue: BSONValue { .binary(BSONBinary([UInt8](self))) }
    init?(bsonValue: BSONValue) {
        guard case .binary(let binary) = bsonValue else { return nil }
        self.init(binary.bytes)
    }
    static var bsonDescription: String { "bytes" }
}

extension UUID: BSONRepresentable {
    var bsonValue: BSONValue { .binary(BSONBinary(withUnsafeBytesOfUUID(self), subtype: BSONBinary.uuidSubtype)) }
    init?(bsonValue: BSONValue) {
        guard case .binary(let binary) = bsonValue, let uuid = binary.uuid else { return nil }
        self = uuid
    }
    static var bsonDescription: String { "a UUID" }
}

private func withUnsafeBytesOfUUID(_ uuid: UUID) -> [UInt8] {
    unsafe Swift.withUnsafeBytes(of: uuid.uuid) { unsafe [UInt8]($0) }
}

extension URL: BSONRepresentable {
    var bsonValue: BSONValue { .string(absoluteString) }
    init?(bsonValue: BSONValue) {
        guard let url = bsonValue.string.flatMap({ URL(string: $0) }) else { return nil }
        self = url
    }
    static var bsonDescription: String { "a URL" }
}

extension JSONValue: BSONRepresentable {
    var bsonValue: BSONValue { get throws { try BSONValue(json: self) } }
    init?(bsonValue: BSONValue) { self = bsonValue.json }
    static var bsonDescription: String { "a value" }
}

extension JSONObject: BSONRepresentable {
    var bsonValue: BSONValue { get throws { try BSONValue(json: .object(self)) } }
    init?(bsonValue: BSONValue) {
        guard let object = bsonValue.json.object else { return nil }
        self = object
    }
    static var bsonDescription: String { "a document" }
}

extension BSONValue: BSONRepresentable {
    var bsonValue: BSONValue { self }
    init?(bsonValue: BSONValue) { self = bsonValue }
    static var bsonDescription: String { "a value" }
}

extension BSONDocument: BSONRepresentable {
    var bsonValue: BSONValue { .document(self) }
    init?(bsonValue: BSONValue) {
        guard let document = bsonValue.document else { return nil }
        self = document
    }
    static var bsonDescription: String { "a document" }
}

extension ObjectID: BSONRepresentable {
    var bsonValue: BSONValue { .objectID(self) }
    init?(bsonValue: BSONValue) {
        guard let id = bsonValue.objectID else { return nil }
        self = id
    }
    static var bsonDescription: String { "an object id" }
}

extension BSONBinary: BSONRepresentable {
    var bsonValue: BSONValue { .binary(self) }
    init?(bsonValue: BSONValue) {
        guard case .binary(let binary) = bsonValue else { return nil }
        self = binary
    }
    static var bsonDescription: String { "bytes" }
}

extension BSONRegex: BSONRepresentable {
    var bsonValue: BSONValue { .regex(self) }
    init?(bsonValue: BSONValue) {
        guard case .regex(let regex) = bsonValue else { return nil }
        self = regex
    }
    static var bsonDescription: String { "a regular expression" }
}

extension BSONTimestamp: BSONRepresentable {
    var bsonValue: BSONValue { .timestamp(self) }
    init?(bsonValue: BSONValue) {
        guard case .timestamp(let timestamp) = bsonValue else { return nil }
        self = timestamp
    }
    static var bsonDescription: String { "a timestamp" }
}

extension Decimal128: BSONRepresentable {
    var bsonValue: BSONValue { .decimal128(self) }
    init?(bsonValue: BSONValue) {
        guard case .decimal128(let number) = bsonValue else { return nil }
        self = number
    }
    static var bsonDescription: String { "a decimal number" }
}
