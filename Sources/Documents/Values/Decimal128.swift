/// A decimal number of up to 34 digits (IEEE 754-2008 decimal128).
///
/// Source: the BSON specification, "BSON Decimal128", for the bits and the text.
public struct Decimal128: Sendable, Hashable {
    package let high: UInt64
    package let low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    private static let exponentBias = 6176
    private static let exponents = -6176...6111
    /// The exponents that a text may have. They have a wide range because the text's digits may shift them far.
    private static let exponentsRead = -(1 << 32)...(1 << 32)
    private static let signBit: UInt64 = 1 << 63
    private static let infinity: UInt64 = 0x7800 << 48
    private static let notANumber: UInt64 = 0x7C00 << 48
    private static let mostDigits = 34
}

extension Decimal128: LosslessStringConvertible {
    /// The number in digits, with an exponent if one is necessary, or `NaN`, `Infinity` or `-Infinity`.
    public var description: String {
        if high & Self.notANumber == Self.notANumber { return "NaN" }
        let sign = isNegative ? "-" : ""
        guard let (_, digits, exponent) = finiteParts else { return sign + "Infinity" }
        let scientific = exponent + digits.count - 1
        guard exponent <= 0, scientific >= -6 else {
            let fraction = digits.dropFirst()
            return sign + digits.prefix(1) + (fraction.isEmpty ? "" : "." + fraction) + "E"
                + (scientific < 0 ? "" : "+")
                + String(scientific)
        }
        guard exponent < 0 else { return sign + digits }
        let padded = String(repeating: "0", count: max(0, 1 - exponent - digits.count)) + digits
        return sign + padded.dropLast(-exponent) + "." + padded.suffix(-exponent)
    }

    private var isNegative: Bool { high & Self.signBit != 0 }

    /// The sign, the digits without leading zeros (`0` if there are none), and the power of ten by which they are
    /// multiplied; nil for NaN and the infinities.
    var finiteParts: (isNegative: Bool, digits: String, exponent: Int)? {
        guard high & Self.infinity != Self.infinity else { return nil }
        // The bits 11 after the sign stand for a coefficient of more than 34 digits, which counts as zero.
        let isLarge = (high >> 61) & 3 == 3
        let exponent = Int((high >> (isLarge ? 47 : 49)) & 0x3FFF) - Self.exponentBias
        let coefficient = isLarge ? 0 : UInt128(high & (1 << 49 - 1)) << 64 | UInt128(low)
        let digits = String(coefficient)
        return (isNegative, digits.count > Self.mostDigits ? "0" : digits, exponent)
    }

    /// Creates the number that a text stands for, such as `-1.50` or `2E+400`.
    ///
    /// Returns nil for any other text and for a number that does not fit exactly. Only zeros are removed or appended
    /// to make a number fit, and the exponent of zero is moved into the valid range.
    public init?(_ text: String) {
        var rest = text.utf8[...]
        let sign: UInt64 = rest.first == UInt8(ascii: "-") ? Self.signBit : 0
        if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        switch String(Substring(rest)).lowercased() {
        case "nan": self.init(high: Self.notANumber, low: 0)
        case "inf", "infinity": self.init(high: sign | Self.infinity, low: 0)
        default:
            guard let (digits, exponent) = Self.parse(rest), let (coefficient, fitted) = Self.fit(digits, exponent)
            else {
                return nil
            }
            let biased = UInt64(fitted + Self.exponentBias)
            self.init(
                high: sign | biased << 49 | UInt64(truncatingIfNeeded: coefficient >> 64),
                low: UInt64(truncatingIfNeeded: coefficient))
        }
    }

    /// Returns the digits of a number and the power of ten by which they are multiplied, or nil for any other text.
    private static func parse(_ text: Substring.UTF8View) -> (digits: [UInt8], exponent: Int)? {
        let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 | 0x20 == UInt8(ascii: "e") }
        var exponent = 0
        if parts.count == 2 {
            guard let number = Int(Substring(parts[1])), exponentsRead.contains(number) else { return nil }
            exponent = number
        }
        let halves = parts[0].split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        let digits = halves.flatMap { $0.map { $0 &- UInt8(ascii: "0") } }
        guard !digits.isEmpty, digits.allSatisfy({ $0 < 10 }) else { return nil }
        if halves.count == 2 { exponent -= halves[1].count }
        return (digits, exponent)
    }

    /// Returns the coefficient and the exponent within the format's bounds, or nil if digits other than zero would be
    /// lost.
    private static func fit(_ all: [UInt8], _ exponent: Int) -> (coefficient: UInt128, exponent: Int)? {
        var (digits, exponent) = (Array(all.drop { $0 == 0 }), exponent)
        if digits.isEmpty { return (0, min(max(exponent, exponents.lowerBound), exponents.upperBound)) }
        while digits.count > mostDigits || exponent < exponents.lowerBound {
            guard digits.popLast() == 0 else { return nil }
            exponent += 1
        }
        while exponent > exponents.upperBound {
            guard digits.count < mostDigits else { return nil }
            digits.append(0)
            exponent -= 1
        }
        return (digits.reduce(0) { $0 * 10 + UInt128($1) }, exponent)
    }
}
