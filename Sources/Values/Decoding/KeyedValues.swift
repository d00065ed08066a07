/// The keyed container for decoding an object's members.
struct KeyedValues<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let object: JSONObject
    let decoding: ValueDecoding

    var codingPath: [any CodingKey] { decoding.codingPath }

    var allKeys: [Key] { object.compactMap { Key(stringValue: $0.key) } }

    func contains(_ key: Key) -> Bool { object[key.stringValue] != nil }

    func decodeNil(forKey key: Key) throws -> Bool { try value(key).isNull }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
        try decoding.decode(type, from: try value(key), at: key)
    }

    // Without these, the standard library's defaults would be called instead of the generic functions. Those reject
    // 128-bit integers and look the other types up three times.

    func decode(_ type: Int128.Type, forKey key: Key) throws -> Int128 {
        try decoding.decode(type, from: try value(key), at: key)
    }

    func decode(_ type: UInt128.Type, forKey key: Key) throws -> UInt128 {
        try decoding.decode(type, from: try value(key), at: key)
    }

    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? { try optional(type, key) }
    func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? { try optional(type, key) }
    func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? { try optional(type, key) }
    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? { try optional(type, key) }

    func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? { try optional(type, key) }

    @inline(__always)
    private func optional<T: Decodable>(_ type: T.Type, _ key: Key) throws -> T? {
        guard let value = object[key.stringValue], !value.isNull else { return nil }
        return try decoding.decode(type, from: value, at: key)
    }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<NestedKey> {
        try nested(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try nested(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder {
        let key = StepKey.name("super")
        return ValueDecoding(object[key.stringValue] ?? .null, parent: decoding, key: key)
    }

    func superDecoder(forKey key: Key) throws -> any Decoder {
        ValueDecoding(object[key.stringValue] ?? .null, parent: decoding, key: key)
    }

    private func nested(_ key: Key) throws -> ValueDecoding {
        ValueDecoding(try value(key), parent: decoding, key: key)
    }

    @inline(__always)
    private func value(_ key: Key) throws -> JSONValue {
        guard let value = object[key.stringValue] else { throw missing(key) }
        return value
    }

    @inline(never)
    private func missing(_ key: Key) -> DecodingError {
        let context = DecodingError.Context(codingPath: codingPath, debugDescription: "'\(key.stringValue)' is missing")
        return .keyNotFound(key, context)
    }
}
