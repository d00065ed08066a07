import FoundationEssentials
import Values

// With `BSONEncoder` and `BSONDecoder` exact, as all of these are `BSONRepresentable`; in other coders, such as the one that makes a
// function's result, they are what `json` says.

extension BSONValue: Codable {
    public init(from decoder: any Decoder) throws { self = try BSONValue(JSONValue(from: decoder)) }
    public func encode(to encoder: any Encoder) throws { try json.encode(to: encoder) }
}

extension BSONDocument: Codable {
    public init(from decoder: any Decoder) throws { self = try BSONDocument(JSONObject(from: decoder)) }
    public func encode(to encoder: any Encoder) throws { try json.encode(to: encoder) }
}

extension ObjectID: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let id = ObjectID(text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "expected an object id of 24 hexadecimal digits, found text \(text.debugDescription)")
        }
        self = id
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension BSONBinary: Codable {
    public init(from decoder: any Decoder) throws {
        self.init([UInt8](try decoder.singleValueContainer().decode(Data.self)))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

extension Decimal128: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let number = Decimal128(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "expected a decimal number, found text \(text.debugDescription)")
        }
        self = number
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
