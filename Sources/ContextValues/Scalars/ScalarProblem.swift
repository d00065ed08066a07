/// Why a text does not give a value of the type asked for; whoever knows its place adds it.
struct ScalarProblem: Error, Equatable {
    let message: String

    init(_ message: String) {
        self.message = message
    }

    /// The problem of a text that is not of its type.
    init(_ text: String, isNot type: String) {
        let shown = text.count > 40 ? text.prefix(40) + "…" : text[...]
        message = "\"\(shown)\" is not \(type)"
    }
}
