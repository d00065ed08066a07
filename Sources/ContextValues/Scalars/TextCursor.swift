/// A position in ASCII text that moves past the characters that it recognizes and stays before others.
struct TextCursor {
    private var rest: Substring.UTF8View

    init(_ text: Substring) {
        rest = text.utf8
    }

    var isAtEnd: Bool { rest.isEmpty }

    /// Moves past the given character if it is next, and returns whether it was.
    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest.removeFirst()
        return true
    }

    /// Moves past one of the given characters if one is next, and returns it.
    mutating func skip(anyOf characters: Unicode.Scalar...) -> Unicode.Scalar? {
        characters.first { skip($0) }
    }

    /// Moves past the characters of a class, at most `limit` of them, and returns them.
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
