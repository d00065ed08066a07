import Values

/// Decodes Swift values from MongoDB documents.
///
/// A whole number, be it stored in 32 bits, 64 bits or as a double, decodes as every integer type that it fits, any number as `Double` and
/// `Float`; nothing else is coerced. A missing field and `null` decode as nil.
public struct BSONDecoder: Sendable {
    /// Creates a decoder.
    public init() {}

    /// Decodes a value of that type.
    ///
    /// - Throws: `DecodingError`, whose `valuePath` and `valueMessage` say what is wrong where, or what the type itself throws.
    public func decode<T: Decodable>(_ type: T.Type, from document: BSONDocument) throws -> T {
        try decodeValue(type, from: .document(document))
    }

    /// Decodes a value of that type from whatever BSON has for it.
    package func decodeValue<T: Decodable>(_ type: T.Type, from value: BSONValue) throws -> T {
        try BSONDecoding(value, path: []).whole(type)
    }
}

/// A value on the way to being decoded, and the way there from the top.
struct BSONDecoding: Decoder {
    let value: BSONValue
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    init(_ value: BSONValue, path: [any CodingKey]) {
        self.value = value
        codingPath = path
    }

    func whole<T: Decodable>(_ type: T.Type) throws -> T {
        guard let representable = type as? any BSONRepresentable.Type else { return try T(from: self) }
        guard let decoded = representable.init(bsonValue: value) as? T else {
            throw mismatch(type, expected: representable.bsonDescription)
        }
        return decoded
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .document(let document) = value else {
            throw mismatch([String: Any].self, expected: "a document")
        }
        return KeyedDecodingContainer(StoredFields<Key>(document: document, codingPath: codingPath))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .array(let elements) = value else { throw mismatch([Any].self, expected: "a list") }
        return StoredElements(elements: elements, codingPath: codingPath)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { self }

    private func mismatch(_ type: any Any.Type, expected: String) -> DecodingError {
        let found =
            switch value {
            case .string(let text): "text \(text.debugDescription)"
            case .int32(let number): "the integer \(number)"
            case .int64(let number): "the integer \(number)"
            case .double(let number): "the number \(number)"
            default: value.kindDescription
            }
        let context = DecodingError.Context(
            codingPath: codingPath, debugDescription: "expected \(expected), found \(found)")
        return value.isNull ? .valueNotFound(type, context) : .typeMismatch(type, context)
    }
}

extension BSONDecoding: SingleValueDecodingContainer {
    func decodeNil() -> Bool { value.isNull }
    func decode<T: Decodable>(_ type: T.Type) throws -> T { try whole(type) }
}

/// The fields of a document on the way to being decoded.
private struct StoredFields<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let document: BSONDocument
    let codingPath: [any CodingKey]

    var allKeys: [Key] { document.keys.compactMap { Key(stringValue: $0) } }
    func contains(_ key: Key) -> Bool { document[key.stringValue] != nil }
    func decodeNil(forKey key: Key) throws -> Bool { try decoding(key).value.isNull }
    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T { try decoding(key).whole(type) }

    func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
        guard let value = document[key.stringValue], !value.isNull else { return nil }
        return try BSONDecoding(value, path: codingPath + [key]).whole(type)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        try decoding(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try decoding(key).unkeyedContainer()
    }

    func superDecoder() -> any Decoder { optional(StepKey.name("super")) }
    func superDecoder(forKey key: Key) -> any Decoder { optional(key) }

    private func optional(_ key: any CodingKey) -> BSONDecoding {
        BSONDecoding(document[key.stringValue] ?? .null, path: codingPath + [key])
    }

    private func decoding(_ key: Key) throws -> BSONDecoding {
        guard let value = document[key.stringValue] else {
            let context = DecodingError.Context(
                codingPath: codingPath, debugDescription: "'\(key.stringValue)' is missing")
            throw DecodingError.keyNotFound(key, context)
        }
        return BSONDecoding(value, path: codingPath + [key])
    }
}

/// The elements of a list on the way to being decoded.
private struct StoredElements: UnkeyedDecodingContainer {
    let elements: [BSONValue]
    let codingPath: [any CodingKey]
    private(set) var currentIndex = 0

    init(elements: [BSONValue], codingPath: [any CodingKey]) {
        self.elements = elements
        self.codingPath = codingPath
    }

    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex >= elements.count }

    mutating func decodeNil() throws -> Bool {
        guard try current().value.isNull else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
        let decoded = try current().whole(type)
        currentIndex += 1
        return decoded
    }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) throws -> KeyedDecodingContainer<Nested>
    {
        let container = try current().container(keyedBy: type)
        currentIndex += 1
        return container
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        let container = try current().unkeyedContainer()
        currentIndex += 1
        return container
    }

    mutating func superDecoder() throws -> any Decoder {
        let decoding = try current()
        currentIndex += 1
        return decoding
    }

    private func current() throws -> BSONDecoding {
        let path = codingPath + [StepKey.index(currentIndex)]
        guard !isAtEnd else {
            throw DecodingError.valueNotFound(
                Any.self, DecodingError.Context(codingPath: path, debugDescription: "the list ends before it"))
        }
        return BSONDecoding(elements[currentIndex], path: path)
    }
}
