import Values

/// The integers of YAML 1.1: decimal, `0b1`, octal `017`, `0x1F`, sexagesimal `1:30`, with underscores anywhere.
enum YAMLInteger {
    /// The greatest number of decimal digits, which is Python's own limit.
    static let maximumDigits = 4_300
    /// The greatest length of a text, in bytes. A longer text has more than `maximumDigits` digits in any base.
    private static let maximumLength = 16_384

    /// Returns the integer that a text represents.
    static func value(of text: String) throws(ScalarProblem) -> JSONValue {
        guard text.utf8.count <= maximumLength else { throw tooLong }
        let problem = ScalarProblem(text, isNot: "an integer")
        var rest = text.replacing("_", with: "")[...]
        var isNegative = rest.first == "-"
        if rest.first == "-" || rest.first == "+" { rest = rest.dropFirst() }
        let magnitude: (isNegative: Bool, DecimalMagnitude)?
        if rest.hasPrefix("0b") {
            magnitude = number(rest.dropFirst(2), base: 2)
        } else if rest.hasPrefix("0x") {
            magnitude = number(rest.dropFirst(2), base: 16)
        } else if rest.hasPrefix("0") {
            magnitude = rest == "0" ? (false, DecimalMagnitude()) : number(rest, base: 8)
        } else if rest.contains(":") {
            magnitude = sexagesimal(rest).map { (false, $0) }
        } else {
            magnitude = number(rest, base: 10)
        }
        guard let (isInnerNegative, magnitude) = magnitude else { throw problem }
        isNegative = isNegative != isInnerNegative
        let digits = magnitude.description
        guard digits.utf8.count <= maximumDigits else { throw tooLong }
        let signed = isNegative && digits != "0" ? "-\(digits)" : digits
        return Int64(signed).map(JSONValue.integer) ?? .bigInteger(signed)
    }

    private static var tooLong: ScalarProblem {
        ScalarProblem("an integer may have at most \(maximumDigits) digits, put it in quotes if it is meant as text")
    }

    /// Reads a number as Python's `int` does: with white space around it, a sign, and the prefix of its base once
    /// more.
    private static func number(_ text: Substring, base: UInt32) -> (isNegative: Bool, DecimalMagnitude)? {
        var rest = text.trimmed
        let isNegative = rest.first == "-"
        if rest.first == "-" || rest.first == "+" { rest = rest.dropFirst() }
        let prefixes = [2: ["0b", "0B"], 8: ["0o", "0O"], 16: ["0x", "0X"]][base] ?? []
        if prefixes.contains(where: rest.hasPrefix) { rest = rest.dropFirst(2) }
        guard !rest.isEmpty else { return nil }
        var magnitude = DecimalMagnitude()
        for character in rest.unicodeScalars {
            guard character.isASCII, let digit = Character(character).hexDigitValue, digit < base else { return nil }
            magnitude.multiply(by: base, adding: UInt32(digit))
        }
        return (isNegative, magnitude)
    }

    private static func sexagesimal(_ text: Substring) -> DecimalMagnitude? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard let first = parts.first, case (false, var magnitude)? = number(first, base: 10) else { return nil }
        for part in parts.dropFirst() {
            guard let part = UInt32(part.trimmed) else { return nil }
            magnitude.multiply(by: 60, adding: part)
        }
        return magnitude
    }
}
