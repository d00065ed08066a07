/// The written form of the path to a nested value: `points[2].x`, with `["first name"]` for a key that is not a plain
/// name.
package enum ValuePath {
    /// One step from a container to a value in it.
    enum Step {
        case key(String)
        case index(Int)
    }

    /// Returns the text of a path, which is empty for no steps.
    static func text(_ steps: some Sequence<Step>) -> String {
        var text = ""
        for step in steps {
            if case .key(let key) = step, !text.isEmpty, isPlainName(key) { text += "." }
            text += self.text(step)
        }
        return text
    }

    /// Returns the text of a path that begins with `step` and continues with `rest`.
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

    /// Returns the text as a JSON string.
    static func quoted(_ text: String) -> String {
        var writer = JSONWriter()
        writer.write(text)
        return writer.text
    }
}
