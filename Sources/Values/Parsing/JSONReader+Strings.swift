/// A string in the text, checked but not yet unescaped.
struct JSONStringToken {
    /// The bytes between the quotes.
    let range: Range<Int>
    let hasEscapes: Bool
    let isASCII: Bool
}

extension JSONReader {
    /// Reads a string whose opening quote is next, and checks its escapes, its UTF-8 and the absence of control
    /// characters.
    @inline(__always)
    mutating func readString() throws(JSONParsingError) -> JSONStringToken {
        let quote = position
        position += 1
        var hasEscapes = false
        var isASCII = true
        while true {
            skipPlainWords()
            guard position < count else { throw error("the string that begins here is not closed", at: quote) }
            let byte = self[position]
            if byte == UInt8(ascii: "\"") {
                let token = JSONStringToken(range: quote + 1..<position, hasEscapes: hasEscapes, isASCII: isASCII)
                position += 1
                return token
            } else if byte >= 0x80 {
                isASCII = false
                repeat {
                    let length = sequenceLength(at: position)
                    guard length > 0 else { throw error("the text is not valid UTF-8", at: position) }
                    position += length
                } while position < count && self[position] >= 0x80
            } else if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                try skipEscape()
            } else if byte < 0x20 {
                throw error("a control character inside a string must be written as an escape", at: position)
            } else {
                position += 1
            }
        }
    }

    /// Moves to the next byte that is not a plain ASCII character of a string, or to where fewer than eight bytes are
    /// left.
    ///
    /// The high bit of a byte in `hits` is set if that byte is a quote, a backslash, a control character or not
    /// ASCII. The borrow of a subtraction may set it for later bytes too, but never for earlier ones, so the lowest
    /// set bit is right.
    @inline(__always)
    private mutating func skipPlainWords() {
        let ones: UInt64 = 0x0101_0101_0101_0101
        while position &+ 8 <= count {
            let word = word(at: position)
            let quotes = (word ^ (ones &* 0x22)) &- ones
            let backslashes = (word ^ (ones &* 0x5C)) &- ones
            let controls = word &- (ones &* 0x20)
            let hits = (quotes | backslashes | controls | word) & (ones &* 0x80)
            guard hits == 0 else {
                position &+= hits.trailingZeroBitCount >> 3
                return
            }
            position &+= 8
        }
    }

    /// Returns the length of the UTF-8 sequence of two to four bytes at an index, or 0 if there is none (RFC 3629,
    /// section 4).
    func sequenceLength(at index: Int) -> Int {
        func isContinuation(_ offset: Int, _ bounds: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
            index + offset < count && bounds.contains(self[index + offset])
        }
        switch self[index] {
        case 0xC2...0xDF: return isContinuation(1) ? 2 : 0
        case 0xE0: return isContinuation(1, 0xA0...0xBF) && isContinuation(2) ? 3 : 0
        case 0xED: return isContinuation(1, 0x80...0x9F) && isContinuation(2) ? 3 : 0
        case 0xE1...0xEF: return isContinuation(1) && isContinuation(2) ? 3 : 0
        case 0xF0: return isContinuation(1, 0x90...0xBF) && isContinuation(2) && isContinuation(3) ? 4 : 0
        case 0xF1...0xF3: return isContinuation(1) && isContinuation(2) && isContinuation(3) ? 4 : 0
        case 0xF4: return isContinuation(1, 0x80...0x8F) && isContinuation(2) && isContinuation(3) ? 4 : 0
        default: return 0
        }
    }

    /// Moves past an escape whose backslash is next.
    private mutating func skipEscape() throws(JSONParsingError) {
        let start = position
        position += 1
        switch next {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 1
        case UInt8(ascii: "u"):
            guard hexadecimal(at: position + 1) != nil else {
                throw error("expected four hexadecimal digits after '\\u'", at: start)
            }
            position += 5
        default: throw error("unknown escape in a string", at: start)
        }
    }

    /// Returns the number that the four hexadecimal digits at an index form, or nil if there are no such digits.
    @inline(__always)
    private func hexadecimal(at index: Int) -> UInt16? {
        guard index + 4 <= count else { return nil }
        var value: UInt16 = 0
        for offset in 0..<4 {
            let digit: UInt8
            switch self[index + offset] {
            case let byte where byte &- 0x30 < 10: digit = byte &- 0x30
            case let byte where (byte | 0x20) &- 0x61 < 6: digit = (byte | 0x20) &- 0x61 &+ 10
            default: return nil
            }
            value = value << 4 | UInt16(digit)
        }
        return value
    }

    /// Returns the text of a token.
    @inline(__always)
    func string(_ token: JSONStringToken) -> String {
        if token.range.isEmpty { return "" }
        guard token.hasEscapes else {
            let bytes = unsafe Span(_unsafeElements: slice(token.range))
            return unsafe String(copying: UTF8Span(unchecked: bytes, isKnownASCII: token.isASCII))
        }
        return unescapedString(token)
    }

    @inline(never)
    private func unescapedString(_ token: JSONStringToken) -> String {
        unsafe String(unsafeUninitializedCapacity: token.range.count) { unsafe unescape(token, into: $0) }
    }

    /// Returns the UTF-8 bytes of a token's text.
    func unescapedBytes(_ token: JSONStringToken) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: token.range.count) { $1 = unsafe unescape(token, into: $0) }
    }

    /// Writes the text of a token into a buffer that holds at least as many bytes as the token, and returns the
    /// number of bytes written.
    private func unescape(_ token: JSONStringToken, into buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
        var index = token.range.lowerBound
        var written = 0
        func put(_ byte: UInt8) {
            unsafe buffer.initializeElement(at: written, to: byte)
            written += 1
        }
        while index < token.range.upperBound {
            guard self[index] == UInt8(ascii: "\\") else {
                put(self[index])
                index += 1
                continue
            }
            index += 2
            switch self[index - 1] {
            case UInt8(ascii: "b"): put(0x08)
            case UInt8(ascii: "f"): put(0x0C)
            case UInt8(ascii: "n"): put(0x0A)
            case UInt8(ascii: "r"): put(0x0D)
            case UInt8(ascii: "t"): put(0x09)
            case UInt8(ascii: "u"):
                for byte in UTF8.encode(escapedScalar(at: &index)) ?? UTF8.encodedReplacementCharacter { put(byte) }
            case let byte: put(byte)
            }
        }
        return written
    }

    /// Returns the scalar of the hexadecimal digits at `index`, combined with those of the low surrogate after a high
    /// one.
    ///
    /// A surrogate without its other half becomes U+FFFD.
    private func escapedScalar(at index: inout Int) -> UnicodeScalar {
        let replacement: UnicodeScalar = "\u{FFFD}"
        guard let unit = hexadecimal(at: index) else { return replacement }
        index += 4
        guard unit & 0xF800 == 0xD800 else { return UnicodeScalar(unit) ?? replacement }
        guard unit < 0xDC00, index + 6 <= count, self[index] == UInt8(ascii: "\\"),
            self[index + 1] == UInt8(ascii: "u"),
            let low = hexadecimal(at: index + 2), low & 0xFC00 == 0xDC00
        else { return replacement }
        index += 6
        return UnicodeScalar(0x10000 + (UInt32(unit & 0x3FF) << 10 | UInt32(low & 0x3FF))) ?? replacement
    }
}
