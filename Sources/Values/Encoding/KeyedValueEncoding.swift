/// The keyed container for encoding an object's members.
struct KeyedValueEncoding<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let encoding: ValueEncoding

    var codingPath: [any CodingKey] { encoding.codingPath }

    func encodeNil(forKey key: Key) throws { try encoding.set(JSONValue.null, for: key) }

    func encode<T: Encodable>(_ value: T, forKey key: Key) throws { try encoding.set(value, for: key) }

    // Without these, the standard library's defaults, which throw, would be called instead of the generic function.
    func encode(_ value: Int128, forKey key: Key) throws { try encoding.set(value, for: key) }
    func encode(_ value: UInt128, forKey key: Key) throws { try encoding.set(value, for: key) }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy keyType: NestedKey.Type, forKey key: Key
    ) -> KeyedEncodingContainer<NestedKey> {
        encoding.setNested(key).container(keyedBy: keyType)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        encoding.setNested(key).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { encoding.setNested(StepKey.name("super")) }

    func superEncoder(forKey key: Key) -> any Encoder { encoding.setNested(key) }
}
