import Values

/// A value that is being decoded, and its path from the top-level value.
final class BSONDecoding: Decoder {
    let value: BSONValue
    /// The decoding of the container that holds the value, or nil at the top level.
    private let parent: BSONDecoding?
    /// The value's place in that container.
    private let key: (any CodingKey)?
    /// The number of containers around the value.
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

    /// Decodes a value that this one contains.
    func decode<T: Decodable>(
        _ type: T.Type, from value: BSONValue, at key: @autoclosure () -> any CodingKey
    ) throws -> T {
        guard let representable = type as? any BSONRepresentable.Type else {
            return try T(from: BSONDecoding(value, parent: self, key: key()))
        }
        if let decoded = representable.read(value, as: type) { return decoded }
        throw Self.mismatch(type, value, expected: representable.bsonDescription, at: codingPath + [key()])
    }

    /// Creates the error for a value from which a type cannot be decoded.
    ///
    /// - Parameter expected: the BSON value that the type is decoded from, or nil if JSON has that value too.
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

    // Without these, the standard library's defaults, which throw, would be called instead of the generic function.
    func decode(_ type: Int128.Type) throws -> Int128 { try whole(type) }
    func decode(_ type: UInt128.Type) throws -> UInt128 { try whole(type) }

    private func whole<T: Decodable>(_ type: T.Type) throws -> T { try decode(type) }
}

extension BSONValue {
    /// The value as JSON, if it is of a kind that JSON has too and that cannot contain other kinds.
    fileprivate var valueOfJSON: JSONValue? {
        switch self {
        case .null, .bool, .int32, .int64, .double, .string: json
        default: nil
        }
    }
}
