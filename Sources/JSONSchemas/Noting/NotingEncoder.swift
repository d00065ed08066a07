import Values

/// An encoder that notes what it is given.
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
        // A list that is encoded may as well be of another length the next time.
        recorder.askEnd()
        return NotingElements(recorder: recorder)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }
}

extension NotingEncoder: SingleValueEncodingContainer {
    func encodeNil() { recorder.wholeNull() }

    func encode<T: Encodable>(_ value: T) throws { try recorder.whole(T.self, sample: value) }

    // The standard library's defaults for these would be taken instead of the generic function, and refuse.
    func encode(_ value: Int128) throws { try recorder.whole(Int128.self) }
    func encode(_ value: UInt128) throws { try recorder.whole(UInt128.self) }
}

extension Recorder {
    /// An encoder of what is the member of that name; one that is too deep is not noted, as there is no way to refuse.
    func nestedMemberEncoder(_ name: String) -> NotingEncoder {
        do { return NotingEncoder(try nestedMember(name)) } catch { return NotingEncoder(self) }
    }

    /// An encoder of what is the next element.
    func nestedElementEncoder() -> NotingEncoder {
        do { return NotingEncoder(try nestedElement()) } catch { return NotingEncoder(self) }
    }
}
