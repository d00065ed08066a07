/// A position in ASCII text that moves over what it recognises and stays before what it does not.
struct TextCursor {
    private var rest: Substring.UTF8View

    init(_ text: Substring) {
        rest = text.utf8
    }

    var isAtEnd: Bool { rest.isEmpty }

    /// Moves over this character if it comes next.
    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest.removeFirst()
        return true
    }

    /// Moves over one of these characters if one comes next.
    mutating func skip(anyOf characters: Unicode.Scalar...) -> Unicode.Scalar? {
        characters.first { skip($0) }
    }

    /// Moves over the characters of a class, at most `limit`, and returns them.
    mutating func take(_ members: (UInt8) -> Bool, limit: Int = .max) -> Substring {
        var (end, count) = (rest.startIndex, 0)
        while end < rest.endIndex, count < limit, members(rest[end]) {
            rest.formIndex(after: &end)
            count += 1
        }
        defer { rest = rest[end...] }
        return Substring(rest[..<end])
    }

    static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
    static func isDigitOrUnderscore(_ byte: UInt8) -> Bool { isDigit(byte) || byte == UInt8(ascii: "_") }
    static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}

extension StringProtocol {
    /// The text without white space at both ends.
    var trimmed: SubSequence {
        let front = drop(while: \.isWhitespace)
        let count = front.reversed().prefix(while: \.isWhitespace).count
        return front.dropLast(count)
    }
}
