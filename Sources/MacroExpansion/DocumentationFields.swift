/// The lines of a documentation comment, sorted into its text and its fields, such as `- Parameter name:`.
///
/// A field ends where its list item does: at a line that is not indented and either starts an item or follows a blank
/// line.
struct DocumentationFields {
    private enum Section {
        case text
        case parameters(indent: Int)
        case parameter(String, indent: Int, listIndent: Int?)
        /// The result or the errors, whose text is dropped.
        case other(indent: Int)
    }

    private(set) var text: [Substring] = []
    private(set) var parameters: [String: [Substring]] = [:]
    private var section = Section.text
    private var isAfterBlank = false
    private var isInCode = false

    /// Adds the next line.
    mutating func add(_ line: Substring) {
        let content = line.drop(while: \.isWhitespace)
        let indent = line.count - content.count
        defer { isAfterBlank = content.isEmpty }
        if isInCode || content.hasPrefix("```") {
            if !isInCode, ends(at: indent) { section = .text }
            if content.hasPrefix("```") { isInCode.toggle() }
            append(line, stripped: line)
            return
        }
        if let field = Self.field(in: content), start(field, indent: indent) {
            return
        }
        if !content.isEmpty, ends(at: indent), isAfterBlank || Self.item(in: content) != nil {
            section = .text
        }
        append(line, stripped: content)
    }

    /// Starts the field's section, unless the line is an ordinary item.
    private mutating func start(_ field: (name: Substring, text: Substring), indent: Int) -> Bool {
        if let listIndent, indent > listIndent {
            // In a list of parameters, every item that is not deeper than the first one is a parameter.
            if case .parameter(_, let itemIndent, _) = section, indent > itemIndent { return false }
            startParameter(field.name, field.text, indent: indent, listIndent: listIndent)
            return true
        }
        guard ends(at: indent) else { return false }
        let words = field.name.split(separator: " ")
        switch (words.first?.lowercased(), words.count) {
        case ("parameter", 2): startParameter(words[1], field.text, indent: indent, listIndent: nil)
        case ("parameters", 1): section = .parameters(indent: indent)
        case ("returns", 1), ("throws", 1): section = .other(indent: indent)
        default: return false
        }
        return true
    }

    private mutating func startParameter(_ name: Substring, _ text: Substring, indent: Int, listIndent: Int?) {
        let name = String(name.filter { $0 != "`" })
        section = .parameter(name, indent: indent, listIndent: listIndent)
        parameters[name] = [text]
    }

    private mutating func append(_ line: Substring, stripped: Substring) {
        switch section {
        case .text: text.append(line)
        case .parameter(let name, _, _): parameters[name, default: []].append(stripped)
        case .parameters, .other: break
        }
    }

    /// Whether a line with this indentation lies outside the current section's list item.
    private func ends(at indent: Int) -> Bool {
        switch section {
        case .text: true
        case .parameters(let start), .other(let start): indent <= start
        case .parameter(_, let start, let list): indent <= (list ?? start)
        }
    }

    private var listIndent: Int? {
        switch section {
        case .parameters(let indent): indent
        case .parameter(_, _, let listIndent): listIndent
        case .text, .other: nil
        }
    }

    /// Returns the text of a list item, or nil if the content is not a list item.
    private static func item(in content: Substring) -> Substring? {
        guard let mark = content.first, "-*+".contains(mark), content.dropFirst().first == " " else { return nil }
        return content.dropFirst(2).drop(while: \.isWhitespace)
    }

    /// Returns the two sides of the colon in a list item, or nil if the content is not such an item.
    private static func field(in content: Substring) -> (name: Substring, text: Substring)? {
        guard let item = item(in: content), let colon = item.firstIndex(of: ":") else { return nil }
        let name = item[..<colon]
        return (name, item[item.index(after: colon)...].drop(while: \.isWhitespace))
    }
}
