import FoundationEssentials
public import Values

extension BSONDocument {
    /// The object as a document, its members in their order.
    ///
    /// - Throws: `EncodingError` for an integer beyond 64 bits.
    public init(_ json: JSONObject) throws {
        self = try BSONEncoder().encode(json)
    }

    /// The document as JSON, its fields in their order; see ``BSONValue/json``.
    public var json: JSONObject { JSONObject(map { ($0.key, $0.value.json) }) }
}

extension BSONValue {
    /// The value as BSON: whole numbers take 32 bits where they fit, else 64.
    ///
    /// - Throws: `EncodingError` for an integer beyond 64 bits.
    public init(_ json: JSONValue) throws {
        self = try BSONEncoder().encodeValue(json)
    }

    init(json: JSONValue) throws(NotRepresentable) {
        switch json {
        case .null: self = .null
        case .bool(let flag): self = .bool(flag)
        case .integer(let number): self = BSONValue(number)
        case .bigInteger(let digits):
            throw NotRepresentable(reason: "the integer \(digits) does not fit the 64 bits that MongoDB has for one")
        case .double(let number): self = .double(number)
        case .string(let text): self = .string(text)
        case .array(let elements):
            var converted: [BSONValue] = []
            for element in elements { converted.append(try BSONValue(json: element)) }
            self = .array(converted)
        case .object(let object):
            var document = BSONDocument()
            for (key, value) in object { document.append(key, try BSONValue(json: value)) }
            self = .document(document)
        }
    }

    /// The value as JSON: an ``ObjectID`` as its digits, a date as ISO 8601 in UTC, a UUID as its text, other bytes as base64, a decimal
    /// number as its text.
    public var json: JSONValue {
        switch self {
        case .double(let number): .double(number)
        case .string(let text), .javaScript(let text), .symbol(let text), .javaScriptWithScope(let text, _):
            .string(text)
        case .document(let document): .object(document.json)
        case .array(let elements): .array(elements.map(\.json))
        case .binary(let binary): .string(binary.text)
        case .objectID(let id): .string(id.description)
        case .bool(let flag): .bool(flag)
        case .date(let date): (try? ValueEncoder().encode(date)) ?? .integer(date.millisecondsSince1970)
        case .null, .undefined: .null
        case .regex(let regex): ["pattern": .string(regex.pattern), "options": .string(regex.options)]
        case .int32(let number): .integer(Int64(number))
        case .timestamp(let timestamp):
            ["seconds": .integer(Int64(timestamp.seconds)), "increment": .integer(Int64(timestamp.increment))]
        case .int64(let number): .integer(number)
        case .decimal128(let number): .string(number.description)
        case .minKey: "MinKey"
        case .maxKey: "MaxKey"
        case .dbPointer(let collection, let id): ["collection": .string(collection), "id": .string(id.description)]
        }
    }
}

extension BSONBinary {
    static let uuidSubtype: UInt8 = 4

    /// The UUID that the bytes are; nil for other bytes.
    var uuid: UUID? {
        guard subtype == Self.uuidSubtype, bytes.count == 16 else { return nil }
        return unsafe bytes.withUnsafeBytes { unsafe UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
    }

    var text: String { uuid?.uuidString ?? Data(bytes).base64EncodedString() }
}
