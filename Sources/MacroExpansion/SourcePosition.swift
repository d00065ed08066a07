import SwiftParser
import SwiftSyntax
import SwiftSyntaxMacros

/// A place in a source file, as the compiler knows the file.
struct SourcePosition: Equatable {
    var file: String
    /// The line, counted from 1.
    var line: Int
    /// The column in UTF-8 bytes, counted from 1.
    var column: Int

    /// Creates the position of a node, without the comments before it, from the literals that the expansion context
    /// gives.
    ///
    /// A context that does not know the node yields an empty file name and line 0, which no source has.
    init(of node: some SyntaxProtocol, in context: some MacroExpansionContext) {
        let location = context.location(of: node, at: .afterLeadingTrivia, filePathMode: .filePath)
        file = location?.file.as(StringLiteralExprSyntax.self)?.representedLiteralValue ?? ""
        line = location?.line.as(IntegerLiteralExprSyntax.self)?.representedLiteralValue ?? 0
        column = location?.column.as(IntegerLiteralExprSyntax.self)?.representedLiteralValue ?? 0
    }
}
