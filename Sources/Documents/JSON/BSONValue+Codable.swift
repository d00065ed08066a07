import Values

// The coding is exact with `BSONEncoder` and `BSONDecoder`. In other coders, such as the one that encodes a
// function's result, the values take the form of `json`.

extension BSONValue: Codable {
    public init(from decoder: any Decoder) throws {
        if let value = try Self.stored(decoder) {
            self = value
            return
        }
        let json = try JSONValue(from: decoder)
        do throws(NotRepresentable) { self = try BSONValue(json: json) } catch {
            throw error.decodingError(at: decoder.codingPath)
        }
    }

    public func encode(to encoder: any Encoder) throws {
        if try !store(in: encoder) { try json.encode(to: encoder) }
    }
}

extension BSONDocument: Codable {
    public init(from decoder: any Decoder) throws {
        if let document = try Self.stored(decoder) {
            self = document
            return
        }
        let json = try JSONObject(from: decoder)
        do throws(NotRepresentable) { self = try BSONDocument(json: json) } catch {
            throw error.decodingError(at: decoder.codingPath)
        }
    }

    public func encode(to encoder: any Encoder) throws {
        if try !store(in: encoder) { try json.encode(to: encoder) }
    }
}

extension ObjectID: Codable {
    public init(from decoder: any Decoder) throws {
        self = try Self.stored(decoder) ?? Self.parsed(decoder, "an object id of 24 hexadecimal digits") { Self($0) }
    }

    public func encode(to encoder: any Encoder) throws {
        if try !store(in: encoder) { try hexString.encode(to: encoder) }
    }
}

extension BSONBinary: Codable {
    public init(from decoder: any Decoder) throws {
        self = try Self.stored(decoder) ?? Self.parsed(decoder, "base64 text or a UUID") { Self(text: $0) }
    }

    public func encode(to encoder: any Encoder) throws {
        if try !store(in: encoder) { try text.encode(to: encoder) }
    }
}

extension Decimal128: Codable {
    public init(from decoder: any Decoder) throws {
        self = try Self.stored(decoder) ?? Self.parsed(decoder, "a decimal number as text") { Self($0) }
    }

    public func encode(to encoder: any Encoder) throws {
        if try !store(in: encoder) { try description.encode(to: encoder) }
    }
}

extension BSONRegex: Codable {
    private enum CodingKeys: CodingKey { case pattern, options }

    public init(from decoder: any Decoder) throws {
        if let regex = try Self.stored(decoder) {
            self = regex
            return
        }
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            try container.decode(String.self, forKey: .pattern),
            options: try container.decodeIfPresent(String.self, forKey: .options) ?? "")
    }

    public func encode(to encoder: any Encoder) throws {
        if try store(in: encoder) { return }
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(pattern, forKey: .pattern)
        try container.encode(options, forKey: .options)
    }
}

extension BSONTimestamp: Codable {
    private enum CodingKeys: CodingKey { case seconds, increment }

    public init(from decoder: any Decoder) throws {
        if let timestamp = try Self.stored(decoder) {
            self = timestamp
            return
        }
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            seconds: try container.decode(UInt32.self, forKey: .seconds),
            increment: try container.decode(UInt32.self, forKey: .increment))
    }

    public func encode(to encoder: any Encoder) throws {
        if try store(in: encoder) { return }
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(seconds, forKey: .seconds)
        try container.encode(increment, forKey: .increment)
    }
}

// Other types may pass their decoder or encoder on to these, as in `id = try ObjectID(from: decoder)`, so a BSON
// coder must be recognized here as well.

extension BSONRepresentable where Self: Codable {
    /// Decodes the value if the decoder is a `BSONDecoder`'s; otherwise returns nil.
    fileprivate static func stored(_ decoder: any Decoder) throws -> Self? {
        try (decoder as? BSONDecoding)?.decode(Self.self)
    }

    /// Encodes the value if the encoder is a `BSONEncoder`'s.
    ///
    /// - Returns: whether it is.
    fileprivate func store(in encoder: any Encoder) throws -> Bool {
        guard let encoding = encoder as? BSONEncoding else { return false }
        try encoding.encode(self)
        return true
    }

    /// Decodes the text form of a value.
    fileprivate static func parsed(
        _ decoder: any Decoder, _ expected: String, _ parse: (String) -> Self?
    ) throws -> Self {
        let json = try JSONValue(from: decoder)
        guard let value = json.string.flatMap(parse) else {
            throw ScalarDecoding.mismatch(self, json, expected: expected, ofKinds: ["text"], at: decoder.codingPath)
        }
        return value
    }
}
