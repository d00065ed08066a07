import FoundationEssentials

extension Decimal128 {
    /// The number as a Foundation `Decimal`, or nil for the infinities and for numbers that are too large or too
    /// small for it.
    var decimal: Decimal? {
        if description == "NaN" { return .nan }
        guard let (isNegative, digits, exponent) = finiteParts else { return nil }
        if digits == "0" { return 0 }
        guard -128...127 ~= exponent, let significand = Decimal(string: digits) else { return nil }
        return Decimal(sign: isNegative ? .minus : .plus, exponent: exponent, significand: significand)
    }
}
