/// The notation of names, labels and numbers in Prometheus's text format.
enum PrometheusText {
    /// Returns a name of letters, digits, underscores and colons that does not begin with a digit.
    static func name(_ text: String) -> String {
        let name = String(text.map { $0.isASCII && ($0.isLetter || $0.isNumber) || $0 == ":" ? $0 : "_" })
        return name.first?.isNumber ?? true ? "_" + name : name
    }

    /// Returns labels as in `{method="GET",path="/"}`, in the order of names, or empty text if there are none.
    static func labels(_ dimensions: [(String, String)]) -> String {
        guard !dimensions.isEmpty else { return "" }
        let labels = dimensions.sorted { $0.0 < $1.0 }.map { key, value in
            "\(name(key).replacing(":", with: "_"))=\"\(escaped(value, ["\\", "\n", "\""]))\""
        }
        return "{\(labels.joined(separator: ","))}"
    }

    /// Returns a help text on one line.
    static func help(_ text: String) -> String {
        escaped(text, ["\\", "\n"])
    }

    /// Escapes text scalar by scalar: a line end of two scalars is one character, and so is a quote with an accent.
    private static func escaped(_ text: String, _ special: Set<Unicode.Scalar>) -> String {
        text.unicodeScalars.reduce(into: "") { escaped, scalar in
            if special.contains(scalar) { escaped.unicodeScalars.append("\\") }
            escaped.unicodeScalars.append(scalar == "\n" ? "n" : scalar)
        }
    }

    /// Returns a number as text: whole numbers without a fraction, and `NaN`, `+Inf` and `-Inf`.
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
        return Int64(exactly: value).map { "\($0)" } ?? "\(value)"
    }
}
