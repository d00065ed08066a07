/// The reason that a text does not give a value of the requested type. The caller adds the text's place.
struct ScalarProblem: Error, Equatable {
    let message: String

    init(_ message: String) {
        self.message = message
    }

    /// Creates the problem of a text that is not of a type.
    init(_ text: String, isNot type: String) {
        let shown = text.count > 40 ? text.prefix(40) + "…" : text[...]
        message = "\"\(shown)\" is not \(type)"
    }
}
