/// A number in the text, checked and with its digits added up.
struct JSONNumberToken {
    let range: Range<Int>
    let isNegative: Bool
    /// Whether the number has neither a fraction nor an exponent.
    let isInteger: Bool
    /// All digits of the integer part and the fraction as one number, which wraps around if there are more than 19.
    let digits: UInt64
    let digitCount: Int
    /// The power of ten by which to multiply `digits`, far out of range if the text's exponent is.
    let exponent: Int

    /// Whether `digits` is exact.
    var fitsDigits: Bool { digitCount <= 19 }
}

extension JSONReader {
    private static let powersOfTen: InlineArray<23, Double> = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]

    /// Reads a number whose sign or first digit is next.
    @inline(__always)
    mutating func readNumber() throws(JSONParsingError) -> JSONNumberToken {
        let start = position
        let isNegative = next == UInt8(ascii: "-")
        if isNegative { position += 1 }
        var digits: UInt64 = 0
        var digitCount = 0
        if next == UInt8(ascii: "0") {
            position += 1
            digitCount = 1
            guard next &- 0x30 >= 10 else { throw error("a number must not begin with 0", at: start) }
        } else {
            digitCount = addDigits(to: &digits)
            guard digitCount > 0 else { throw unexpected("a digit") }
        }
        guard next == UInt8(ascii: ".") || next | 0x20 == UInt8(ascii: "e") else {
            return JSONNumberToken(
                range: start..<position, isNegative: isNegative, isInteger: true, digits: digits,
                digitCount: digitCount, exponent: 0)
        }
        var exponent = 0
        if next == UInt8(ascii: ".") {
            position += 1
            let fraction = addDigits(to: &digits)
            guard fraction > 0 else { throw unexpected("a digit after the decimal point") }
            digitCount += fraction
            exponent = -fraction
        }
        if next | 0x20 == UInt8(ascii: "e") { exponent += try readExponent() }
        return JSONNumberToken(
            range: start..<position, isNegative: isNegative, isInteger: false, digits: digits, digitCount: digitCount,
            exponent: exponent)
    }

    /// Reads digits, appends them to `number` (wrapping around), and returns their count.
    @inline(__always)
    private mutating func addDigits(to number: inout UInt64) -> Int {
        let start = position
        while position < count {
            let digit = self[position] &- 0x30
            guard digit < 10 else { break }
            number = number &* 10 &+ UInt64(digit)
            position += 1
        }
        return position - start
    }

    private mutating func readExponent() throws(JSONParsingError) -> Int {
        position += 1
        let isNegative = next == UInt8(ascii: "-")
        if isNegative || next == UInt8(ascii: "+") { position += 1 }
        let start = position
        var exponent = 0
        while next &- 0x30 < 10 {
            // The limit exceeds the length of any text, so that no number of zeros before or after the point can make
            // up for it.
            if exponent < 1 << 50 { exponent = exponent * 10 + Int(next &- 0x30) }
            position += 1
        }
        guard position > start else { throw unexpected("a digit of the exponent") }
        return isNegative ? -exponent : exponent
    }

    /// Returns the value of a number token, or throws an error if it is a double beyond the largest one.
    @inline(__always)
    func value(_ token: JSONNumberToken) throws(JSONParsingError) -> JSONValue {
        guard token.isInteger else { return .double(try double(token)) }
        if token.fitsDigits {
            if token.digits <= UInt64(Int64.max) {
                let magnitude = Int64(token.digits)
                return .integer(token.isNegative ? -magnitude : magnitude)
            }
            if token.isNegative, token.digits == UInt64(Int64.max) + 1 { return .integer(.min) }
        }
        return .bigInteger(text(token))
    }

    /// Throws the error that `value(_:)` would throw.
    @inline(__always)
    func check(_ token: JSONNumberToken) throws(JSONParsingError) {
        if !token.isInteger, token.exponent + token.digitCount > 308 { _ = try double(token) }
    }

    /// Returns the nearest double. One operation gives it exactly if the digits and the power of ten are doubles
    /// themselves.
    private func double(_ token: JSONNumberToken) throws(JSONParsingError) -> Double {
        if token.fitsDigits, token.digits <= 1 << 53, -22...22 ~= token.exponent {
            let digits = token.isNegative ? -Double(token.digits) : Double(token.digits)
            return token.exponent < 0
                ? digits / Self.powersOfTen[-token.exponent] : digits * Self.powersOfTen[token.exponent]
        }
        guard let double = Double(text(token)), double.isFinite else {
            throw error("number too large", at: token.range.lowerBound)
        }
        return double
    }

    private func text(_ token: JSONNumberToken) -> String {
        unsafe String(decoding: slice(token.range), as: UTF8.self)
    }
}
