import Values

/// The unkeyed container that records the elements that a type encodes.
struct NotingElements: UnkeyedEncodingContainer {
    let recorder: Recorder

    var codingPath: [any CodingKey] { [] }
    var count: Int { recorder.elementCount }

    func encodeNil() { recorder.nullElement() }

    func encode<T: Encodable>(_ value: T) throws { try recorder.element(T.self, sample: value) }

    // Without these, the standard library's defaults, which throw, would be called instead of the generic function.
    func encode(_ value: Int128) throws { try recorder.element(Int128.self) }
    func encode(_ value: UInt128) throws { try recorder.element(UInt128.self) }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy keyType: NestedKey.Type
    ) -> KeyedEncodingContainer<NestedKey> {
        recorder.nestedElementEncoder().container(keyedBy: keyType)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { recorder.nestedElementEncoder().unkeyedContainer() }

    func superEncoder() -> any Encoder { recorder.nestedElementEncoder() }
}
