import Values

/// A value on the way to being decoded, and the way there from the top.
final class BSONDecoding: Decoder {
    let value: BSONValue
    /// The decoding of the container that holds the value, nil at the top.
    private let parent: BSONDecoding?
    /// The value's place in that container.
    private let key: (any CodingKey)?
    /// How many containers are around the value.
    private let depth: Int

    init(_ value: BSONValue, parent: BSONDecoding?, key: (any CodingKey)?) {
        self.value = value
        self.parent = parent
        self.key = key
        depth = parent.map { $0.depth + 1 } ?? 0
    }

    var codingPath: [any CodingKey] {
        var path: [any CodingKey] = []
        var decoding: BSONDecoding? = self
        while let current = decoding {
            if let key = current.key { path.append(key) }
            decoding = current.parent
        }
        return path.reversed()
    }

    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .document(let document) = value else {
            throw Self.mismatch([String: Any].self, value, expected: "a document", at: codingPath)
        }
        try checkDepth()
        return KeyedDecodingContainer(StoredFields<Key>(document: document.indexed(), decoding: self))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .array(let elements) = value else {
            throw Self.mismatch([Any].self, value, expected: "a list", at: codingPath)
        }
        try checkDepth()
        return StoredElements(elements: elements, decoding: self)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { self }

    private func checkDepth() throws {
        if depth >= BSONWriter.depthLimit { throw NotRepresentable.tooDeep.decodingError(at: codingPath) }
    }

    /// Decodes a value that this one holds.
    func decode<T: Decodable>(
        _ type: T.Type, from value: BSONValue, at key: @autoclosure () -> any CodingKey
    ) throws -> T {
        guard let representable = type as? any BSONRepresentable.Type else {
            return try T(from: BSONDecoding(value, parent: self, key: key()))
        }
        if let decoded = representable.read(value, as: type) { return decoded }
        throw Self.mismatch(type, value, expected: representable.bsonDescription, at: codingPath + [key()])
    }

    /// The error that a value is not what a type is decoded from.
    ///
    /// - Parameter expected: what it is decoded from; nil for what JSON has, too.
    private static func mismatch(
        _ type: any Any.Type, _ value: BSONValue, expected: String?, at path: [any CodingKey]
    ) -> DecodingError {
        switch (value.valueOfJSON, expected) {
        case (let json?, nil): return ScalarDecoding.mismatch(type, json, at: path)
        case (let json?, let expected?): return ScalarDecoding.mismatch(type, json, expected: expected, at: path)
        case (nil, _):
            let expected = expected ?? ScalarDecoding.expectation(of: type, for: .null).0
            return .typeMismatch(
                type,
                DecodingError.Context(
                    codingPath: path, debugDescription: "expected \(expected), found \(value.kindDescription)"))
        }
    }
}

extension BSONDecoding: SingleValueDecodingContainer {
    func decodeNil() -> Bool { value.isNull }

    func decode<T: Decodable>(_ type: T.Type) throws -> T {
        guard let representable = type as? any BSONRepresentable.Type else { return try T(from: self) }
        if let decoded = representable.read(value, as: type) { return decoded }
        throw Self.mismatch(type, value, expected: representable.bsonDescription, at: codingPath)
    }

    // The standard library's defaults for these would be taken instead of the generic function, and refuse.
    func decode(_ type: Int128.Type) throws -> Int128 { try whole(type) }
    func decode(_ type: UInt128.Type) throws -> UInt128 { try whole(type) }

    private func whole<T: Decodable>(_ type: T.Type) throws -> T { try decode(type) }
}

extension BSONValue {
    /// The value when it is one of those that JSON has, too, and holds no others.
    fileprivate var valueOfJSON: JSONValue? {
        switch self {
        case .null, .bool, .int32, .int64, .double, .string: json
        default: nil
        }
    }
}
