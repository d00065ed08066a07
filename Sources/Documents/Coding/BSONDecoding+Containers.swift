import Values

/// The keyed container for decoding a document's fields.
struct StoredFields<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let document: BSONDocument
    let decoding: BSONDecoding

    var codingPath: [any CodingKey] { decoding.codingPath }
    var allKeys: [Key] { document.compactMap { Key(stringValue: $0.key) } }

    func contains(_ key: Key) -> Bool { document[key.stringValue] != nil }
    func decodeNil(forKey key: Key) throws -> Bool { try value(key).isNull }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
        try decoding.decode(type, from: try value(key), at: key)
    }

    // Without these, the standard library's defaults, which throw, would be called instead of the generic functions.
    func decode(_ type: Int128.Type, forKey key: Key) throws -> Int128 {
        try decoding.decode(type, from: try value(key), at: key)
    }

    func decode(_ type: UInt128.Type, forKey key: Key) throws -> UInt128 {
        try decoding.decode(type, from: try value(key), at: key)
    }

    func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
        guard let value = document[key.stringValue], !value.isNull else { return nil }
        return try decoding.decode(type, from: value, at: key)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        try BSONDecoding(value(key), parent: decoding, key: key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try BSONDecoding(value(key), parent: decoding, key: key).unkeyedContainer()
    }

    func superDecoder() -> any Decoder { optional(StepKey.name("super")) }
    func superDecoder(forKey key: Key) -> any Decoder { optional(key) }

    private func optional(_ key: any CodingKey) -> BSONDecoding {
        BSONDecoding(document[key.stringValue] ?? .null, parent: decoding, key: key)
    }

    private func value(_ key: Key) throws -> BSONValue {
        guard let value = document[key.stringValue] else {
            let context = DecodingError.Context(
                codingPath: codingPath, debugDescription: "'\(key.stringValue)' is missing")
            throw DecodingError.keyNotFound(key, context)
        }
        return value
    }
}

/// The unkeyed container for decoding a list's elements.
struct StoredElements: UnkeyedDecodingContainer {
    let elements: [BSONValue]
    let decoding: BSONDecoding
    private(set) var currentIndex = 0

    init(elements: [BSONValue], decoding: BSONDecoding) {
        self.elements = elements
        self.decoding = decoding
    }

    var codingPath: [any CodingKey] { decoding.codingPath }
    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex >= elements.count }
    private var currentKey: StepKey { .index(currentIndex) }

    mutating func decodeNil() throws -> Bool {
        guard try current().isNull else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T { try next(type) }

    // Without these, the standard library's defaults, which throw, would be called instead of the generic function.
    mutating func decode(_ type: Int128.Type) throws -> Int128 { try next(type) }
    mutating func decode(_ type: UInt128.Type) throws -> UInt128 { try next(type) }

    private mutating func next<T: Decodable>(_ type: T.Type) throws -> T {
        let decoded = try decoding.decode(type, from: try current(), at: currentKey)
        currentIndex += 1
        return decoded
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
        let container = try nested().container(keyedBy: type)
        currentIndex += 1
        return container
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        let container = try nested().unkeyedContainer()
        currentIndex += 1
        return container
    }

    mutating func superDecoder() throws -> any Decoder {
        let nested = try nested()
        currentIndex += 1
        return nested
    }

    private func nested() throws -> BSONDecoding { BSONDecoding(try current(), parent: decoding, key: currentKey) }

    private func current() throws -> BSONValue {
        guard !isAtEnd else {
            let context = DecodingError.Context(
                codingPath: codingPath + [currentKey], debugDescription: "the list ends before it")
            throw DecodingError.valueNotFound(Any.self, context)
        }
        return elements[currentIndex]
    }
}
