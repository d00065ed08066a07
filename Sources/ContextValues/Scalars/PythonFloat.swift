/// Floating-point numbers as Python reads and writes them.
enum PythonFloat {
    /// Returns the number that Python's `float` reads from a lower-case text, or nil if the text is not a number.
    static func value(of text: Substring) -> Double? {
        let text = text.trimmed
        var cursor = TextCursor(text)
        let sign = cursor.skip(anyOf: "+", "-")
        switch sign == nil ? text : text.dropFirst() {
        case "inf", "infinity": return sign == "-" ? -.infinity : .infinity
        case "nan": return .nan
        default: break
        }
        let whole = cursor.take(TextCursor.isDigit)
        let fraction = cursor.skip(".") ? cursor.take(TextCursor.isDigit) : ""
        guard !whole.isEmpty || !fraction.isEmpty else { return nil }
        var exponent = "0"
        if cursor.skip("e") {
            let sign = cursor.skip(anyOf: "+", "-")
            let digits = cursor.take(TextCursor.isDigit)
            guard !digits.isEmpty else { return nil }
            exponent = (sign == "-" ? "-" : "") + digits
        }
        guard cursor.isAtEnd else { return nil }
        return Double("\(sign == "-" ? "-" : "")0\(whole).\(fraction)0e\(exponent)")
    }

    /// Returns the text of a number in JSON written by Python, with the fewest digits, and with an exponent below
    /// 1e-4 and from 1e16 on.
    static func text(of number: Double) -> String {
        guard number.isFinite else { return number.isNaN ? "NaN" : number < 0 ? "-Infinity" : "Infinity" }
        let sign = number.sign == .minus ? "-" : ""
        let (digits, point) = decimal(of: number.magnitude)
        switch point {
        case ...(-4), 17...:
            let exponent = point - 1
            let tail = digits.count > 1 ? ".\(digits.dropFirst())" : ""
            let padding = abs(exponent) < 10 ? "0" : ""
            return "\(sign)\(digits.prefix(1))\(tail)e\(exponent < 0 ? "-" : "+")\(padding)\(abs(exponent))"
        case ...0: return "\(sign)0.\(String(repeating: "0", count: -point))\(digits)"
        case digits.count...: return "\(sign)\(digits)\(String(repeating: "0", count: point - digits.count)).0"
        default: return "\(sign)\(digits.prefix(point)).\(digits.dropFirst(point))"
        }
    }

    /// Returns the significant digits, and the position of the decimal point among them.
    private static func decimal(of number: Double) -> (digits: String, point: Int) {
        let parts = number.description.split(separator: "e")
        let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        let whole = mantissa[0]
        let all = whole + (mantissa.count > 1 ? mantissa[1] : "")
        let leading = all.prefix { $0 == "0" }.count
        let trailing = all.reversed().prefix { $0 == "0" }.count
        guard leading < all.count else { return ("0", 1) }
        return (String(all.dropFirst(leading).dropLast(trailing)), whole.count + exponent - leading)
    }
}
