import Values

/// The keyed container for encoding a document's fields.
struct EncodedFields<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let encoding: BSONEncoding

    var codingPath: [any CodingKey] { encoding.codingPath }

    func encodeNil(forKey key: Key) throws { try encoding.set(BSONValue.null, for: key) }
    func encode<T: Encodable>(_ value: T, forKey key: Key) throws { try encoding.set(value, for: key) }

    // Without these, the standard library's defaults, which throw, would be called instead of the generic function.
    func encode(_ value: Int128, forKey key: Key) throws { try encoding.set(value, for: key) }
    func encode(_ value: UInt128, forKey key: Key) throws { try encoding.set(value, for: key) }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        encoding.setNested(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        encoding.setNested(key).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { encoding.setNested(StepKey.name("super")) }
    func superEncoder(forKey key: Key) -> any Encoder { encoding.setNested(key) }
}

/// The unkeyed container for encoding a list's elements.
struct EncodedElements: UnkeyedEncodingContainer {
    let encoding: BSONEncoding

    var codingPath: [any CodingKey] { encoding.codingPath }
    var count: Int { encoding.count }

    func encodeNil() throws { try encoding.append(BSONValue.null) }
    func encode<T: Encodable>(_ value: T) throws { try encoding.append(value) }

    // Without these, the standard library's defaults, which throw, would be called instead of the generic function.
    func encode(_ value: Int128) throws { try encoding.append(value) }
    func encode(_ value: UInt128) throws { try encoding.append(value) }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        encoding.appendNested().container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { encoding.appendNested().unkeyedContainer() }
    func superEncoder() -> any Encoder { encoding.appendNested() }
}
