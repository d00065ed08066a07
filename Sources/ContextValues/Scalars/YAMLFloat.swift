/// The floating-point numbers of YAML 1.1: decimal, `.inf`, `.nan` and sexagesimal, with underscores anywhere.
enum YAMLFloat {
    /// Returns the number that a text represents. A number that is too large becomes infinite.
    static func value(of text: String) throws(ScalarProblem) -> Double {
        let problem = ScalarProblem(text, isNot: "a number")
        var rest = text.replacing("_", with: "").lowercased()[...]
        let isNegative = rest.first == "-"
        if rest.first == "-" || rest.first == "+" { rest = rest.dropFirst() }
        guard !rest.isEmpty else { throw problem }
        switch rest {
        case ".inf": return isNegative ? -.infinity : .infinity
        case ".nan": return .nan
        default: break
        }
        let magnitude = rest.contains(":") ? sexagesimal(rest) : PythonFloat.value(of: rest)
        guard let magnitude else { throw problem }
        return isNegative ? -magnitude : magnitude
    }

    private static func sexagesimal(_ text: Substring) -> Double? {
        var (value, base) = (0.0, 1.0)
        for part in text.split(separator: ":", omittingEmptySubsequences: false).reversed() {
            guard let number = PythonFloat.value(of: part) else { return nil }
            value += number * base
            base *= 60
        }
        return value
    }
}
