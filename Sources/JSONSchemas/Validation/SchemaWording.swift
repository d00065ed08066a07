import Values

/// The wording of violations.
enum SchemaWording {
    /// The names of JSON Schema's types in messages.
    static let types = [
        "null": "null", "boolean": "true or false", "integer": "an integer", "number": "a number", "string": "text",
        "array": "a list", "object": "an object",
    ]

    /// The greatest number of characters of a value that a message shows.
    private static let width = 60
    /// The greatest number of values that a message lists.
    private static let listLength = 20

    /// Returns the name of a type of JSON Schema in messages.
    static func type(_ name: String) -> String { types[name] ?? name }

    /// Returns the value as JSON, shortened if it is long, or only the kind of a list or an object.
    static func text(_ value: JSONValue) -> String {
        switch value {
        case .array, .object: value.kindDescription
        case .string(let text): (try? JSONValue.string(cut(text)).jsonString()) ?? "text"
        case .bigInteger(let digits): cut(digits)
        case .null, .bool, .integer, .double: (try? value.jsonString()) ?? value.kindDescription
        }
    }

    /// Returns the text, with an ellipsis in place of the rest if it is too long.
    static func cut(_ text: String) -> String {
        guard text.utf8.count > width, let end = text.index(text.startIndex, offsetBy: width, limitedBy: text.endIndex),
            end < text.endIndex
        else { return text }
        return text[..<end] + "…"
    }

    /// Returns the words separated by commas, with `or` before the last.
    static func either(_ words: [String]) -> String {
        guard words.count > 1, let last = words.last else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " or " + last
    }

    /// Returns a text such as `one of "fast", "slow"`, or the value alone if there is only one.
    static func list(_ values: [JSONValue]) -> String {
        if let only = values.first, values.count == 1 { return text(only) }
        let shown = values.prefix(listLength).map(text).joined(separator: ", ")
        return "one of \(shown)" + (values.count > listLength ? ", …" : "")
    }

    /// Returns a text such as `at least 2 elements`.
    static func atLeast(_ count: Int64, _ noun: String) -> String { "at least \(number(count, noun))" }

    /// Returns a text such as `at most 1 element`.
    static func atMost(_ count: Int64, _ noun: String) -> String { "at most \(number(count, noun))" }

    private static func number(_ count: Int64, _ noun: String) -> String {
        "\(count) \(noun)" + (count == 1 ? "" : "s")
    }
}
