/// The unkeyed container for encoding a list's elements.
struct UnkeyedValueEncoding: UnkeyedEncodingContainer {
    let encoding: ValueEncoding

    var codingPath: [any CodingKey] { encoding.codingPath }
    var count: Int { encoding.elements.count }

    func encodeNil() throws { try encoding.append(JSONValue.null) }

    func encode<T: Encodable>(_ value: T) throws { try encoding.append(value) }

    // Without these, the standard library's defaults, which throw, would be called instead of the generic function.
    func encode(_ value: Int128) throws { try encoding.append(value) }
    func encode(_ value: UInt128) throws { try encoding.append(value) }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy keyType: NestedKey.Type
    ) -> KeyedEncodingContainer<NestedKey> {
        encoding.appendNested().container(keyedBy: keyType)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { encoding.appendNested().unkeyedContainer() }

    func superEncoder() -> any Encoder { encoding.appendNested() }
}
