import Values

/// Encodes Swift values as MongoDB documents.
///
/// Fields keep the order in which a type encodes them. Whole numbers take 32 bits where they fit, else 64; `Date`, ``ObjectID``, `UUID`
/// and `Data` have BSON values of their own; `URL` becomes text.
public struct BSONEncoder: Sendable {
    /// Creates an encoder.
    public init() {}

    /// The value as a document.
    ///
    /// - Throws: `EncodingError` when the value is no document at its top, holds an integer beyond 64 bits or more than 100 levels of
    ///   documents and lists, or what the value itself throws.
    public func encode(_ value: some Encodable) throws -> BSONDocument {
        guard case .document(let document) = try encodeValue(value) else {
            let context = EncodingError.Context(
                codingPath: [], debugDescription: "a document has fields; \(type(of: value)) encodes none")
            throw EncodingError.invalidValue(value, context)
        }
        return document
    }

    /// The value as whatever BSON has for it.
    package func encodeValue(_ value: some Encodable) throws -> BSONValue {
        try BSONEncoding.encode(value, path: []).value
    }
}

/// A value under construction, and the way there from the top.
final class BSONEncoding: Encoder {
    enum Content {
        case single(BSONValue)
        case list([BSONEncoding])
        case fields([(key: String, encoding: BSONEncoding)])
    }

    let codingPath: [any CodingKey]
    private(set) var content: Content?
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    init(path: [any CodingKey]) {
        codingPath = path
    }

    static func encode(_ value: some Encodable, path: [any CodingKey]) throws -> BSONEncoding {
        let encoding = BSONEncoding(path: path)
        try encoding.encodeWhole(value)
        return encoding
    }

    /// What was encoded; nothing is a document without fields.
    var value: BSONValue {
        switch content {
        case .single(let value): value
        case .list(let elements): .array(elements.map(\.value))
        case .fields(let fields): .document(BSONDocument(fields.map { ($0.key, $0.encoding.value) }))
        case nil: .document([:])
        }
    }

    var count: Int {
        if case .list(let elements) = content { elements.count } else { 0 }
    }

    func encodeWhole(_ value: some Encodable) throws {
        guard codingPath.count <= BSONWriter.depthLimit else {
            throw refusal(of: value, BSONBytesError.tooDeep.description)
        }
        guard let representable = value as? any BSONRepresentable else { return try value.encode(to: self) }
        do { content = .single(try representable.bsonValue) } catch let error as NotRepresentable {
            throw refusal(of: value, error.reason)
        }
    }

    /// A place for the next element.
    func append() -> BSONEncoding {
        let element = BSONEncoding(path: codingPath + [StepKey.index(count)])
        if case .list(var elements) = content {
            content = nil
            elements.append(element)
            content = .list(elements)
        } else {
            content = .list([element])
        }
        return element
    }

    /// A place for the value of a field.
    func set(_ key: any CodingKey) -> BSONEncoding {
        let field = (key: key.stringValue, encoding: BSONEncoding(path: codingPath + [key]))
        if case .fields(var fields) = content {
            content = nil
            fields.append(field)
            content = .fields(fields)
        } else {
            content = .fields([field])
        }
        return field.encoding
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        if content == nil { content = .fields([]) }
        return KeyedEncodingContainer(KeyedFields<Key>(encoding: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        if content == nil { content = .list([]) }
        return ListElements(encoding: self)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }

    private func refusal(of value: Any, _ reason: String) -> EncodingError {
        let text = codingPath.isEmpty ? reason : "\(ValuePath.text(codingPath)): \(reason)"
        return .invalidValue(value, EncodingError.Context(codingPath: codingPath, debugDescription: text))
    }
}

extension BSONEncoding: SingleValueEncodingContainer {
    func encodeNil() { content = .single(.null) }
    func encode<T: Encodable>(_ value: T) throws { try encodeWhole(value) }
}

/// The fields of a document under construction.
private struct KeyedFields<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let encoding: BSONEncoding
    var codingPath: [any CodingKey] { encoding.codingPath }

    func encodeNil(forKey key: Key) { encoding.set(key).encodeNil() }
    func encode<T: Encodable>(_ value: T, forKey key: Key) throws { try encoding.set(key).encodeWhole(value) }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        encoding.set(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        encoding.set(key).unkeyedContainer()
    }
    func superEncoder() -> any Encoder { encoding.set(StepKey.name("super")) }
    func superEncoder(forKey key: Key) -> any Encoder { encoding.set(key) }
}

/// The elements of a list under construction.
private struct ListElements: UnkeyedEncodingContainer {
    let encoding: BSONEncoding
    var codingPath: [any CodingKey] { encoding.codingPath }
    var count: Int { encoding.count }

    func encodeNil() { encoding.append().encodeNil() }
    func encode<T: Encodable>(_ value: T) throws { try encoding.append().encodeWhole(value) }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        encoding.append().container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { encoding.append().unkeyedContainer() }
    func superEncoder() -> any Encoder { encoding.append() }
}
