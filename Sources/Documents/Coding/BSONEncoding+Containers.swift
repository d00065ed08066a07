import Values

/// The fields of a document under construction.
struct EncodedFields<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let encoding: BSONEncoding

    var codingPath: [any CodingKey] { encoding.codingPath }

    func encodeNil(forKey key: Key) throws { try encoding.set(BSONValue.null, for: key) }
    func encode<T: Encodable>(_ value: T, forKey key: Key) throws { try encoding.set(value, for: key) }

    // The standard library's defaults for these would be taken instead of the generic function, and refuse.
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

/// The elements of a list under construction.
struct EncodedElements: UnkeyedEncodingContainer {
    let encoding: BSONEncoding

    var codingPath: [any CodingKey] { encoding.codingPath }
    var count: Int { encoding.count }

    func encodeNil() throws { try encoding.append(BSONValue.null) }
    func encode<T: Encodable>(_ value: T) throws { try encoding.append(value) }

    // The standard library's defaults for these would be taken instead of the generic function, and refuse.
    func encode(_ value: Int128) throws { try encoding.append(value) }
    func encode(_ value: UInt128) throws { try encoding.append(value) }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        encoding.appendNested().container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { encoding.appendNested().unkeyedContainer() }
    func superEncoder() -> any Encoder { encoding.appendNested() }
}
