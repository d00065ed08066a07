/// A scanner that finds the members of a JSON object without building values, and is as strict as the parser.
public struct JSONObjectScanner {
    /// Checks a whole JSON text and passes each member of the outermost object to a closure.
    ///
    /// Members come in the order of the text. A repeated key comes repeatedly, and its last value counts. The closure
    /// is called while the text is being read, so the text may still turn out to be invalid further on.
    /// - Parameters:
    ///   - bytes: the text, in UTF-8.
    ///   - member: a closure that receives the unescaped UTF-8 bytes of the key; the position of the value in
    ///     `bytes`, which is never empty and has no white space around it; and the value's kind. An error that it
    ///     throws ends the scan.
    /// - Returns: the kind of the whole text. If it is not `.object`, the text is valid JSON but has no members.
    /// - Throws: `JSONParsingError` for every text that `JSONValue(parsing:)` rejects.
    public static func scan(
        _ bytes: Span<UInt8>,
        member: (_ key: Span<UInt8>, _ value: Range<Int>, _ kind: JSONKind) throws(JSONParsingError) -> Void
    ) throws(JSONParsingError) -> JSONKind {
        try unsafe bytes.withUnsafeBufferPointer { (buffer) throws(JSONParsingError) in
            var scanner = unsafe JSONObjectScanner(reader: try JSONReader(buffer))
            return try scanner.scan(member)
        }
    }

    private var reader: JSONReader
    /// The number of open containers.
    private var depth = 0
    /// One bit for each open container, set if it is an object. The outermost container has the lowest bit of the
    /// first word.
    private var objects = InlineArray<16, UInt64>(repeating: 0)
    private var isInObject = false
    /// The latest key of the outermost object.
    private var key = JSONStringToken(range: 0..<0, hasEscapes: false, isASCII: true)
    /// The position at which the latest value of the outermost object begins.
    private var start = 0

    private init(reader: JSONReader) { self.reader = reader }

    @inline(__always)
    private mutating func scan(
        _ member: (_ key: Span<UInt8>, _ value: Range<Int>, _ kind: JSONKind) throws(JSONParsingError) -> Void
    ) throws(JSONParsingError) -> JSONKind {
        reader.skipWhitespace()
        guard let kind = JSONKind(firstByte: reader.next) else { throw reader.unexpected("a value") }
        while true {
            guard try skipValueOrEnterContainer() else { continue }
            closing: while true {
                if depth == 0 {
                    try reader.expectEnd()
                    return kind
                }
                if depth == 1, isInObject { try handOut(member) }
                reader.skipWhitespace()
                switch reader.next {
                case UInt8(ascii: ","):
                    reader.position += 1
                    if isInObject { try readKey() }
                    break closing
                case UInt8(ascii: "}") where isInObject: leave()
                case UInt8(ascii: "]") where !isInObject: leave()
                default: throw reader.unexpected(isInObject ? "',' or '}'" : "',' or ']'")
                }
            }
        }
    }

    /// Moves past a whole value, or past the beginning of a container that is not empty, in which case it returns
    /// false.
    @inline(__always)
    private mutating func skipValueOrEnterContainer() throws(JSONParsingError) -> Bool {
        reader.skipWhitespace()
        if depth == 1 { start = reader.position }
        switch reader.next {
        case UInt8(ascii: "\""): _ = try reader.readString()
        case UInt8(ascii: "{"):
            try enter(isObject: true)
            guard reader.next == UInt8(ascii: "}") else {
                try readKey()
                return false
            }
            leave()
        case UInt8(ascii: "["):
            try enter(isObject: false)
            guard reader.next == UInt8(ascii: "]") else { return false }
            leave()
        case UInt8(ascii: "t"): try reader.readLiteral("true")
        case UInt8(ascii: "f"): try reader.readLiteral("false")
        case UInt8(ascii: "n"): try reader.readLiteral("null")
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try reader.check(try reader.readNumber())
        default: throw reader.unexpected("a value")
        }
        return true
    }

    @inline(__always)
    private func handOut(
        _ member: (_ key: Span<UInt8>, _ value: Range<Int>, _ kind: JSONKind) throws(JSONParsingError) -> Void
    ) throws(JSONParsingError) {
        guard let kind = JSONKind(firstByte: reader[start]) else { return }
        if key.hasEscapes {
            try member(reader.unescapedBytes(key).span, start..<reader.position, kind)
        } else {
            try member(unsafe Span(_unsafeElements: reader.slice(key.range)), start..<reader.position, kind)
        }
    }

    @inline(__always)
    private mutating func readKey() throws(JSONParsingError) {
        try reader.expectKey()
        let token = try reader.readString()
        if depth == 1 { key = token }
        try reader.expectColon()
    }

    @inline(__always)
    private mutating func enter(isObject: Bool) throws(JSONParsingError) {
        guard depth < JSONReader.depthLimit else { throw reader.nestedTooDeep() }
        let bit: UInt64 = 1 << UInt64(depth & 63)
        if isObject { objects[depth >> 6] |= bit } else { objects[depth >> 6] &= ~bit }
        depth += 1
        isInObject = isObject
        reader.position += 1
        reader.skipWhitespace()
    }

    @inline(__always)
    private mutating func leave() {
        depth -= 1
        reader.position += 1
        if depth > 0 { isInObject = objects[(depth - 1) >> 6] & 1 << UInt64((depth - 1) & 63) != 0 }
    }
}

extension Span<UInt8> {
    /// Returns whether these bytes are those of the given text.
    @inlinable
    public func isEqual(to text: StaticString) -> Bool {
        guard count == text.utf8CodeUnitCount else { return false }
        for index in 0..<count where unsafe self[unchecked: index] != text.utf8Start[index] { return false }
        return true
    }
}
