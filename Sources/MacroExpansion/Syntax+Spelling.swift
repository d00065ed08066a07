import SwiftSyntax

extension SyntaxProtocol {
    /// The source on one line, without comments and with a single space for every run of white space.
    var singleLine: String {
        var result = ""
        var isSpacePending = false
        for token in tokens(viewMode: .sourceAccurate) {
            if !result.isEmpty, isSpacePending || !token.leadingTrivia.isEmpty {
                result += " "
            }
            result += token.text
            isSpacePending = !token.trailingTrivia.isEmpty
        }
        return result
    }
}

extension TokenSyntax {
    /// The identifier without backticks.
    var plainText: String { identifier?.name ?? text }

    /// A parameter's label as a call writes it, or nil for `_`.
    ///
    /// The compiler warns about backticks around a label in a call, except around names that need them.
    var callLabel: String? {
        if tokenKind == .wildcard { return nil }
        let name = plainText
        let isPlain = name.isPlainIdentifier && !["inout", "let", "var"].contains(name)
        return isPlain ? name : text
    }
}

extension String {
    /// Whether the text is an identifier or a keyword that consists of letters, digits and underscores.
    var isPlainIdentifier: Bool {
        first?.isNumber == false && allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
    }
}
