/// The elements of a list under construction.
struct UnkeyedValueEncoding: UnkeyedEncodingContainer {
    let encoding: ValueEncoding

    var codingPath: [any CodingKey] { encoding.codingPath }
    var count: Int { encoding.elements.count }

    func encodeNil() throws { try encoding.append(JSONValue.null) }

    func encode<T: Encodable>(_ value: T) throws { try encoding.append(value) }

    // The standard library's defaults for these would be taken instead of the generic function, and refuse.
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
