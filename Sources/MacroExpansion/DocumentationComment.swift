import SwiftSyntax

/// A documentation comment, with the texts of its parameters kept apart.
struct DocumentationComment {
    /// The Markdown without the lists of parameters, result and errors.
    private(set) var text: String
    /// The texts by parameter name.
    private(set) var parameters: [String: String]

    /// Creates a comment from the one nearest to a declaration: the one before it or, failing that, the one between
    /// its attributes and the declaration itself.
    init(of function: FunctionDeclSyntax) {
        var lines = Self.lines(in: function.leadingTrivia)
        if lines.isEmpty {
            lines = Self.lines(in: (function.modifiers.first?.leadingTrivia ?? []) + function.funcKeyword.leadingTrivia)
        }
        self.init(lines: lines)
    }

    /// Creates a comment from Markdown.
    ///
    /// - Parameter lines: the lines without the comment's marks.
    init(lines: [Substring]) {
        var fields = DocumentationFields()
        for line in lines {
            fields.add(line)
        }
        text = Self.trimmed(fields.text)
        parameters = fields.parameters.mapValues(Self.trimmed).filter { !$0.value.isEmpty }
    }

    /// Returns the lines of the last documentation comment in a trivia, without `///`, `/**` and the like.
    static func lines(in trivia: Trivia) -> [Substring] {
        var lines: [Substring] = []
        var isGap = false
        for piece in trivia.pieces {
            switch piece {
            case .docLineComment(let comment):
                if isGap { lines = [] }
                isGap = false
                let line = comment.dropFirst(3)
                lines.append(line.first == " " ? line.dropFirst() : line)
            case .docBlockComment(let comment):
                lines = blockLines(comment)
                isGap = false
            case .lineComment, .blockComment:
                isGap = true
            case .newlines(let count), .carriageReturns(let count), .carriageReturnLineFeeds(let count):
                isGap = isGap || count > 1
            default:
                break
            }
        }
        return lines
    }

    private static func blockLines(_ comment: String) -> [Substring] {
        let body = comment.dropFirst(3).dropLast(2)
        var lines = body.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        let first = lines.removeFirst().drop { $0 == " " }
        let filled = lines.filter { !$0.allSatisfy(\.isWhitespace) }
        if !filled.isEmpty, filled.allSatisfy({ $0.drop(while: \.isWhitespace).first == "*" }) {
            lines = lines.map { line in
                let rest = line.drop(while: \.isWhitespace).dropFirst()
                return rest.first == " " ? rest.dropFirst() : rest
            }
        } else {
            let indent = filled.map { $0.prefix(while: \.isWhitespace).count }.min() ?? 0
            lines = lines.map { $0.dropFirst(indent) }
        }
        return [first] + lines
    }

    /// Joins lines, without blank ones at the ends and without more than one blank line in a row.
    private static func trimmed(_ lines: [Substring]) -> String {
        var result: [Substring] = []
        var isBlankPending = false
        for line in lines {
            if line.allSatisfy(\.isWhitespace) {
                isBlankPending = !result.isEmpty
                continue
            }
            if isBlankPending { result.append("") }
            isBlankPending = false
            result.append(line)
        }
        let text = result.joined(separator: "\n")
        return String(text.dropLast(text.reversed().prefix(while: \.isWhitespace).count))
    }
}
