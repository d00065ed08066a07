extension YAMLTag {
    /// Creates the type of a plain scalar, by the rules of PyYAML's resolver for YAML 1.1.
    init(plain text: String) {
        // Python's `$` also matches before a line break at the end, which a literal block tagged `!` has.
        let text = text.hasSuffix("\n") ? text.dropLast() : text[...]
        switch text {
        case "", "~", "null", "Null", "NULL": self = .null
        case "yes", "Yes", "YES", "no", "No", "NO", "on", "On", "ON", "off", "Off", "OFF",
            "true", "True", "TRUE", "false", "False", "FALSE":
            self = .bool
        case "<<": self = .merge
        case "=": self = .value
        default:
            guard let first = text.utf8.first, "+-.0123456789".utf8.contains(first) else {
                self = .string
                return
            }
            self =
                if Self.isFloat(text) {
                    .float
                } else if Self.isInteger(text) {
                    .integer
                } else if Self.isTimestamp(text) {
                    .timestamp
                } else {
                    .string
                }
        }
    }

    /// Returns whether a text is an integer such as `0b1`, `017`, `0x1F`, `1_000` or `1:30`.
    private static func isInteger(_ text: Substring) -> Bool {
        var cursor = TextCursor(text)
        _ = cursor.skip(anyOf: "+", "-")
        guard !cursor.skip("0") else {
            if cursor.isAtEnd { return true }
            if cursor.skip("b") { return !cursor.take { "01_".utf8.contains($0) }.isEmpty && cursor.isAtEnd }
            if cursor.skip("x") {
                return !cursor.take { "0123456789abcdefABCDEF_".utf8.contains($0) }.isEmpty && cursor.isAtEnd
            }
            return !cursor.take { "01234567_".utf8.contains($0) }.isEmpty && cursor.isAtEnd
        }
        guard startsWithDigit(&cursor) else { return false }
        _ = skipSixtieths(&cursor)
        return cursor.isAtEnd
    }

    /// Returns whether a text is a number such as `1.`, `1_0.5e+3`, `.5`, `1:30.5`, `-.inf` or `.nan`.
    ///
    /// An exponent needs its own sign. A fraction may stand alone if no sign precedes it.
    private static func isFloat(_ text: Substring) -> Bool {
        switch text {
        case ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF":
            return true
        default: break
        }
        var cursor = TextCursor(text)
        if cursor.skip(".") { return startsWithDigit(&cursor) && skipExponent(&cursor) && cursor.isAtEnd }
        _ = cursor.skip(anyOf: "+", "-")
        guard startsWithDigit(&cursor) else { return false }
        let isSexagesimal = skipSixtieths(&cursor)
        guard cursor.skip(".") else { return false }
        _ = cursor.take(TextCursor.isDigitOrUnderscore)
        return (isSexagesimal || skipExponent(&cursor)) && cursor.isAtEnd
    }

    /// Returns whether a text is a timestamp such as `2001-12-14` or `2001-12-14 21:59:43.10 -5`.
    private static func isTimestamp(_ text: Substring) -> Bool {
        if let timestamp = try? YAMLTimestamp.Fields(text) {
            return timestamp.time != nil || (timestamp.month.utf8.count == 2 && timestamp.day.utf8.count == 2)
        }
        return false
    }

    // MARK: - Parts

    /// Moves past digits and underscores that begin with a digit, and returns whether there were any.
    private static func startsWithDigit(_ cursor: inout TextCursor) -> Bool {
        guard !cursor.take(TextCursor.isDigit, limit: 1).isEmpty else { return false }
        _ = cursor.take(TextCursor.isDigitOrUnderscore)
        return true
    }

    /// Moves past any number of parts from `:0` to `:59`, and returns whether there was one.
    private static func skipSixtieths(_ cursor: inout TextCursor) -> Bool {
        var found = false
        while true {
            var ahead = cursor
            guard ahead.skip(":") else { return found }
            let digits = ahead.take(TextCursor.isDigit)
            guard digits.utf8.count == 1 || (digits.utf8.count == 2 && digits < "6") else { return found }
            cursor = ahead
            found = true
        }
    }

    /// Moves past an exponent if there is one, and returns false if the exponent is incomplete.
    private static func skipExponent(_ cursor: inout TextCursor) -> Bool {
        guard cursor.skip(anyOf: "e", "E") != nil else { return true }
        return cursor.skip(anyOf: "+", "-") != nil && !cursor.take(TextCursor.isDigit).isEmpty
    }
}
