import Values

/// How violations are put into words.
enum SchemaWording {
    /// What people call the types of JSON Schema.
    static let types = [
        "null": "null", "boolean": "true or false", "integer": "an integer", "number": "a number", "string": "text",
        "array": "a list", "object": "an object",
    ]

    /// Characters of a value that a message shows.
    private static let width = 60
    /// Values that a message lists.
    private static let listLength = 20

    /// What people call a type of JSON Schema.
    static func type(_ name: String) -> String { types[name] ?? name }

    /// The value as JSON, cut when it is long; of lists and objects only what they are.
    static func text(_ value: JSONValue) -> String {
        switch value {
        case .array, .object: value.kindDescription
        case .string(let text): (try? JSONValue.string(cut(text)).jsonString()) ?? "text"
        case .bigInteger(let digits): cut(digits)
        case .null, .bool, .integer, .double: (try? value.jsonString()) ?? value.kindDescription
        }
    }

    /// The text, with an ellipsis for what is too long.
    static func cut(_ text: String) -> String {
        guard text.utf8.count > width, let end = text.index(text.startIndex, offsetBy: width, limitedBy: text.endIndex),
            end < text.endIndex
        else { return text }
        return text[..<end] + "…"
    }

    /// The words with commas, and `or` before the last.
    static func either(_ words: [String]) -> String {
        guard words.count > 1, let last = words.last else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " or " + last
    }

    /// `one of "fast", "slow"`, the value alone when there is only one.
    static func list(_ values: [JSONValue]) -> String {
        if let only = values.first, values.count == 1 { return text(only) }
        let shown = values.prefix(listLength).map(text).joined(separator: ", ")
        return "one of \(shown)" + (values.count > listLength ? ", …" : "")
    }

    /// `at least 2 elements`.
    static func atLeast(_ count: Int64, _ noun: String) -> String { "at least \(number(count, noun))" }

    /// `at most 1 element`.
    static func atMost(_ count: Int64, _ noun: String) -> String { "at most \(number(count, noun))" }

    private static func number(_ count: Int64, _ noun: String) -> String {
        "\(count) \(noun)" + (count == 1 ? "" : "s")
    }
}
