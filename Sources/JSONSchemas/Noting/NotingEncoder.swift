import Values

/// An encoder that records the values that it is given.
struct NotingEncoder: Encoder {
    let recorder: Recorder

    init(_ recorder: Recorder) { self.recorder = recorder }

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        recorder.beginMembers()
        return KeyedEncodingContainer(NotingMembers<Key>(recorder: recorder))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        recorder.beginList()
        // An encoded list may have a different length the next time.
        recorder.askEnd()
        return NotingElements(recorder: recorder)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }
}

extension NotingEncoder: SingleValueEncodingContainer {
    func encodeNil() { recorder.wholeNull() }

    func encode<T: Encodable>(_ value: T) throws { try recorder.whole(T.self, sample: value) }

    // Without these, the standard library's defaults, which throw, would be called instead of the generic function.
    func encode(_ value: Int128) throws { try recorder.whole(Int128.self) }
    func encode(_ value: UInt128) throws { try recorder.whole(UInt128.self) }
}

extension Recorder {
    /// Returns an encoder for the member of the given name. If the member is nested too deep, this is an encoder for
    /// this container itself, because there is no way to reject the member.
    func nestedMemberEncoder(_ name: String) -> NotingEncoder {
        do { return NotingEncoder(try nestedMember(name)) } catch { return NotingEncoder(self) }
    }

    /// Returns an encoder for the next element.
    func nestedElementEncoder() -> NotingEncoder {
        do { return NotingEncoder(try nestedElement()) } catch { return NotingEncoder(self) }
    }
}
