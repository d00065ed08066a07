/// The written form of the way to a value inside another: `points[2].x`, and `["first name"]` for what is no plain
/// name.
package enum ValuePath {
    /// One step from a container to what it holds.
    enum Step {
        case key(String)
        case index(Int)
    }

    /// The text of a path, empty for no steps.
    static func text(_ steps: some Sequence<Step>) -> String {
        var text = ""
        for step in steps {
            if case .key(let key) = step, !text.isEmpty, isPlainName(key) { text += "." }
            text += self.text(step)
        }
        return text
    }

    /// The text of a path that begins with `step` and goes on with `rest`.
    static func joined(_ step: Step, _ rest: String) -> String {
        text(step) + (rest.isEmpty || rest.hasPrefix("[") ? "" : ".") + rest
    }

    private static func text(_ step: Step) -> String {
        switch step {
        case .index(let index): "[\(index)]"
        case .key(let key): isPlainName(key) ? key : "[\(quoted(key))]"
        }
    }

    private static func isPlainName(_ key: String) -> Bool {
        !key.isEmpty
            && key.unicodeScalars.allSatisfy { scalar in
                scalar.properties.isAlphabetic || "0"..."9" ~= scalar || scalar == "_" || scalar == "-" || scalar == "$"
            }
    }

    /// The text as a JSON string.
    static func quoted(_ text: String) -> String {
        var writer = JSONWriter()
        writer.write(text)
        return writer.text
    }
}
