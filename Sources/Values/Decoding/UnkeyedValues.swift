/// The unkeyed container for decoding a list's elements.
struct UnkeyedValues: UnkeyedDecodingContainer {
    let elements: [JSONValue]
    let decoding: ValueDecoding
    private(set) var currentIndex = 0

    init(elements: [JSONValue], decoding: ValueDecoding) {
        self.elements = elements
        self.decoding = decoding
    }

    var codingPath: [any CodingKey] { decoding.codingPath }
    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex >= elements.count }

    mutating func decodeNil() throws -> Bool {
        guard try current().isNull else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T { try next(type) }

    // Without these, the standard library's defaults, which throw, would be called instead of the generic function.
    mutating func decode(_ type: Int128.Type) throws -> Int128 { try next(type) }
    mutating func decode(_ type: UInt128.Type) throws -> UInt128 { try next(type) }

    @inline(__always)
    private mutating func next<T: Decodable>(_ type: T.Type) throws -> T {
        let decoded = try decoding.decode(type, from: try current(), at: StepKey.index(currentIndex))
        currentIndex += 1
        return decoded
    }

    mutating func decodeIfPresent<T: Decodable>(_ type: T.Type) throws -> T? {
        if isAtEnd { return nil }
        if try decodeNil() { return nil }
        return try decode(type)
    }

    mutating func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type
    ) throws -> KeyedDecodingContainer<NestedKey> {
        let container = try nested().container(keyedBy: type)
        currentIndex += 1
        return container
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        let container = try nested().unkeyedContainer()
        currentIndex += 1
        return container
    }

    mutating func superDecoder() throws -> any Decoder {
        let nested = try nested()
        currentIndex += 1
        return nested
    }

    private func nested() throws -> ValueDecoding {
        ValueDecoding(try current(), parent: decoding, key: StepKey.index(currentIndex))
    }

    @inline(__always)
    private func current() throws -> JSONValue {
        guard currentIndex < elements.count else { throw atEnd() }
        return elements[currentIndex]
    }

    @inline(never)
    private func atEnd() -> DecodingError {
        let key = StepKey.index(currentIndex)
        return .keyNotFound(
            key,
            DecodingError.Context(
                codingPath: codingPath, debugDescription: "the list ends before element \(currentIndex)"))
    }
}
