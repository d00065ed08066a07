import Values

/// A decoder that supplies samples and records what a type requests.
struct ProbingDecoder: Decoder {
    let recorder: Recorder

    init(_ recorder: Recorder) { self.recorder = recorder }

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        recorder.beginMembers()
        return KeyedDecodingContainer(ProbingMembers<Key>(recorder: recorder))
    }

    func unkeyedContainer() -> any UnkeyedDecodingContainer {
        recorder.beginList()
        return ProbingElements(recorder: recorder)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { self }
}

extension ProbingDecoder: SingleValueDecodingContainer {
    func decodeNil() -> Bool { recorder.isWholeNull() }

    func decode<T: Decodable>(_ type: T.Type) throws -> T {
        try recorder.whole(type)
        return try recorder.run.sample(of: type)
    }

    // Without these, the standard library's defaults, which throw, would be called instead of the generic function.
    func decode(_ type: Int128.Type) throws -> Int128 { try scalar(type) }
    func decode(_ type: UInt128.Type) throws -> UInt128 { try scalar(type) }

    private func scalar<T: Decodable>(_ type: T.Type) throws -> T { try decode(type) }
}
