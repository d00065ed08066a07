/// A reader of the tokens of a JSON text (RFC 8259), byte by byte, for the parser and the scanner.
///
/// The bytes must outlive the reader: it is created inside `withUnsafeBufferPointer` and never leaves it.
@safe
struct JSONReader {
    /// The greatest number of containers that may be nested in one another.
    static let depthLimit = 1_000

    let bytes: UnsafeBufferPointer<UInt8>
    private let base: UnsafeRawPointer
    let count: Int
    /// The index of the next byte to read, at most `count`.
    var position = 0

    /// Creates a reader of the given bytes, or throws an error if they are empty or begin with a byte order mark.
    init(_ bytes: UnsafeBufferPointer<UInt8>) throws(JSONParsingError) {
        guard let start = bytes.baseAddress, !bytes.isEmpty else {
            throw unsafe JSONParsingError("expected a value, found the end of the text", at: 0, of: bytes)
        }
        unsafe self.bytes = bytes
        unsafe base = UnsafeRawPointer(start)
        count = bytes.count
        if count >= 3, self[0] == 0xEF, self[1] == 0xBB, self[2] == 0xBF {
            throw error("the text begins with a byte order mark, which JSON does not allow", at: 0)
        }
    }

    /// The byte at an index, which the caller must know to be inside the text.
    @inline(__always)
    subscript(index: Int) -> UInt8 { unsafe base.load(fromByteOffset: index, as: UInt8.self) }

    /// Returns the eight bytes that start at an index, the first of them as the lowest. The caller must know that
    /// they are inside the text.
    @inline(__always)
    func word(at index: Int) -> UInt64 {
        unsafe UInt64(littleEndian: base.loadUnaligned(fromByteOffset: index, as: UInt64.self))
    }

    /// The next byte, or 0 at the end. No token begins with 0 or contains it.
    @inline(__always)
    var next: UInt8 { position < count ? self[position] : 0 }

    /// Returns the bytes of a range inside the text.
    @inline(__always)
    func slice(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
        unsafe UnsafeBufferPointer(
            start: base.assumingMemoryBound(to: UInt8.self) + range.lowerBound, count: range.count)
    }

    @inline(__always)
    mutating func skipWhitespace() {
        while position < count {
            let byte = self[position]
            guard byte <= 0x20 else { return }
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            position += 1
        }
    }

    /// Reads the rest of `true`, `false` or `null`, or throws an error if the text does not continue with that word.
    @inline(__always)
    mutating func readLiteral(_ literal: StaticString) throws(JSONParsingError) {
        let length = literal.utf8CodeUnitCount
        guard position + length <= count else { throw unexpected("a value") }
        for index in 0..<length where unsafe self[position + index] != literal.utf8Start[index] {
            throw unexpected("a value")
        }
        position += length
    }

    /// Whether `I` follows the minus sign that is next.
    var isNegativeInfinity: Bool { position + 1 < count && self[position + 1] == UInt8(ascii: "I") }

    /// Moves to the opening quote of a key, or throws an error if something else is next.
    @inline(__always)
    mutating func expectKey() throws(JSONParsingError) {
        skipWhitespace()
        guard next == UInt8(ascii: "\"") else { throw unexpected("a key in quotes") }
    }

    /// Moves past the colon after a key, or throws an error if something else is next.
    @inline(__always)
    mutating func expectColon() throws(JSONParsingError) {
        if next != UInt8(ascii: ":") {
            skipWhitespace()
            guard next == UInt8(ascii: ":") else { throw unexpected("':'") }
        }
        position += 1
    }

    /// Moves past the white space after the document's value, or throws an error if anything else follows.
    mutating func expectEnd() throws(JSONParsingError) {
        skipWhitespace()
        guard position == count else { throw unexpected("nothing after the value") }
    }

    // MARK: - Errors

    @inline(never)
    func error(_ message: String, at offset: Int) -> JSONParsingError {
        unsafe JSONParsingError(message, at: offset, of: bytes)
    }

    /// Creates the error for a byte at the current position that is not the expected one.
    @inline(never)
    func unexpected(_ expected: String) -> JSONParsingError {
        error("expected \(expected), found \(found(at: position))", at: position)
    }

    @inline(never)
    func nestedTooDeep() -> JSONParsingError {
        error("lists and objects are nested more than 1,000 deep", at: position)
    }

    /// Returns the description of the byte or character at a position, for messages.
    private func found(at offset: Int) -> String {
        guard offset < count else { return "the end of the text" }
        let byte = self[offset]
        if byte >= 0x80 {
            let length = sequenceLength(at: offset)
            guard length > 0 else { return "bytes that are not UTF-8" }
            return unsafe "'\(String(decoding: slice(offset..<offset + length), as: UTF8.self))'"
        }
        if byte > 0x20, byte < 0x7F { return "'\(Character(UnicodeScalar(byte)))'" }
        let digits = String(byte, radix: 16, uppercase: true)
        return "the byte 0x\(digits.count == 1 ? "0" : "")\(digits)"
    }
}
