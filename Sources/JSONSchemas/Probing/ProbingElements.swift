import Values

/// The unkeyed container that records the elements that a type requests.
struct ProbingElements: UnkeyedDecodingContainer {
    let recorder: Recorder

    var codingPath: [any CodingKey] { [] }
    var currentIndex: Int { recorder.elementCount }

    var count: Int? {
        recorder.askEnd()
        return recorder.run.trial.count
    }

    var isAtEnd: Bool {
        recorder.askEnd()
        return recorder.elementCount >= recorder.run.trial.count
    }

    func decodeNil() -> Bool {
        let isNull = recorder.isNullElement()
        if isNull { recorder.nullElement() }
        return isNull
    }

    func decode<T: Decodable>(_ type: T.Type) throws -> T {
        try recorder.element(type)
        return try recorder.run.sample(of: type)
    }

    // Without these, the standard library's defaults, which throw, would be called instead of the generic function.
    func decode(_ type: Int128.Type) throws -> Int128 { try scalar(type) }
    func decode(_ type: UInt128.Type) throws -> UInt128 { try scalar(type) }

    private func scalar<T: Decodable>(_ type: T.Type) throws -> T { try decode(type) }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type
    ) throws -> KeyedDecodingContainer<NestedKey> {
        ProbingDecoder(try recorder.nestedElement()).container(keyedBy: type)
    }

    func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        ProbingDecoder(try recorder.nestedElement()).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { ProbingDecoder(try recorder.nestedElement()) }
}
