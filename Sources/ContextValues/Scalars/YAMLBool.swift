/// The Boolean values of YAML 1.1.
enum YAMLBool {
    /// Returns the Boolean value that a text names, in upper or lower case.
    static func value(of text: String) throws(ScalarProblem) -> Bool {
        switch text.lowercased() {
        case "yes", "true", "on": return true
        case "no", "false", "off": return false
        default: throw ScalarProblem(text, isNot: "true or false")
        }
    }
}
