/// A value that is being decoded, and its path from the top-level value.
final class ValueDecoding: Decoder {
    let value: JSONValue
    /// The decoding of the container that holds the value, or nil at the top level.
    private let parent: ValueDecoding?
    /// The value's place in that container.
    private let key: (any CodingKey)?

    init(_ value: JSONValue, parent: ValueDecoding?, key: (any CodingKey)?) {
        self.value = value
        self.parent = parent
        self.key = key
    }

    var codingPath: [any CodingKey] {
        var path: [any CodingKey] = []
        var decoding: ValueDecoding? = self
        while let current = decoding {
            if let key = current.key { path.append(key) }
            decoding = current.parent
        }
        return path.reversed()
    }

    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .object(let object) = value else {
            throw ScalarDecoding.mismatch([String: Any].self, value, expected: "an object", at: codingPath)
        }
        return KeyedDecodingContainer(KeyedValues<Key>(object: object, decoding: self))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .array(let elements) = value else {
            throw ScalarDecoding.mismatch([Any].self, value, expected: "a list", at: codingPath)
        }
        return UnkeyedValues(elements: elements, decoding: self)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { self }

    /// Decodes a value that this one contains.
    @inline(__always)
    func decode<T: Decodable>(
        _ type: T.Type, from value: JSONValue, at key: @autoclosure () -> any CodingKey
    ) throws -> T {
        try ScalarDecoding.decode(
            type, from: value, path: codingPath + [key()],
            decoding: ValueDecoding(value, parent: self, key: key()))
    }
}

extension ValueDecoding: SingleValueDecodingContainer {
    func decodeNil() -> Bool { value.isNull }

    func decode<T: Decodable>(_ type: T.Type) throws -> T { try whole(type) }

    // Without these, the standard library's defaults, which throw, would be called instead of the generic function.
    func decode(_ type: Int128.Type) throws -> Int128 { try whole(type) }
    func decode(_ type: UInt128.Type) throws -> UInt128 { try whole(type) }

    @inline(__always)
    private func whole<T: Decodable>(_ type: T.Type) throws -> T {
        try ScalarDecoding.decode(type, from: value, path: codingPath, decoding: self)
    }
}
