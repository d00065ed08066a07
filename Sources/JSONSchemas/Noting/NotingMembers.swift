import Values

/// The keyed container that records the members that a type encodes.
struct NotingMembers<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let recorder: Recorder

    var codingPath: [any CodingKey] { [] }

    func encodeNil(forKey key: Key) { recorder.nullMember(key.stringValue) }

    func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
        try recorder.member(key.stringValue, T.self, sample: value)
    }

    func encodeIfPresent<T: Encodable>(_ value: T?, forKey key: Key) throws { try optional(value, key) }

    // Without these, the standard library's defaults would be called instead of the generic functions. Those reject
    // 128-bit integers and leave out nil values.
    func encode(_ value: Int128, forKey key: Key) throws { try recorder.member(key.stringValue, Int128.self) }
    func encode(_ value: UInt128, forKey key: Key) throws { try recorder.member(key.stringValue, UInt128.self) }
    func encodeIfPresent(_ value: Bool?, forKey key: Key) throws { try optional(value, key) }
    func encodeIfPresent(_ value: String?, forKey key: Key) throws { try optional(value, key) }
    func encodeIfPresent(_ value: Double?, forKey key: Key) throws { try optional(value, key) }
    func encodeIfPresent(_ value: Float?, forKey key: Key) throws { try optional(value, key) }
    func encodeIfPresent(_ value: Int?, forKey key: Key) throws { try optional(value, key) }
    func encodeIfPresent(_ value: Int8?, forKey key: Key) throws { try optional(value, key) }
    func encodeIfPresent(_ value: Int16?, forKey key: Key) throws { try optional(value, key) }
    func encodeIfPresent(_ value: Int32?, forKey key: Key) throws { try optional(value, key) }
    func encodeIfPresent(_ value: Int64?, forKey key: Key) throws { try optional(value, key) }
    func encodeIfPresent(_ value: Int128?, forKey key: Key) throws { try optional(value, key) }
    func encodeIfPresent(_ value: UInt?, forKey key: Key) throws { try optional(value, key) }
    func encodeIfPresent(_ value: UInt8?, forKey key: Key) throws { try optional(value, key) }
    func encodeIfPresent(_ value: UInt16?, forKey key: Key) throws { try optional(value, key) }
    func encodeIfPresent(_ value: UInt32?, forKey key: Key) throws { try optional(value, key) }
    func encodeIfPresent(_ value: UInt64?, forKey key: Key) throws { try optional(value, key) }
    func encodeIfPresent(_ value: UInt128?, forKey key: Key) throws { try optional(value, key) }

    private func optional<T: Encodable>(_ value: T?, _ key: Key) throws {
        try recorder.member(key.stringValue, T.self, isOptional: true, sample: value)
    }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy keyType: NestedKey.Type, forKey key: Key
    ) -> KeyedEncodingContainer<NestedKey> {
        recorder.nestedMemberEncoder(key.stringValue).container(keyedBy: keyType)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        recorder.nestedMemberEncoder(key.stringValue).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { recorder.nestedMemberEncoder("super") }

    func superEncoder(forKey key: Key) -> any Encoder { recorder.nestedMemberEncoder(key.stringValue) }
}
