import MacroExpansion
import SwiftDiagnostics
import SwiftParser
import SwiftSyntax
import SwiftSyntaxMacroExpansion
import SwiftSyntaxMacros

/// The result of expanding the macro in a source file.
struct Expansion {
    /// The path of the file as the compiler would know it.
    static let path = "/proj/functions/mail.swift"

    /// The source of the records, in order.
    private(set) var records: [String] = []
    /// The problems, each as `line:column: message`, in order.
    private(set) var problems: [String] = []
    /// The source after all fix-its.
    private(set) var fixed: String

    /// Creates the expansion of every `@Exposed` in a source.
    init(_ source: String) throws {
        let file = Parser.parse(source: source)
        let context = BasicMacroExpansionContext(
            sourceFiles: [file: .init(moduleName: "functions", fullFilePath: Self.path)])
        for attribute in AttributeFinder.attributes(in: file) {
            guard let declaration = attribute.parent?.parent?.asProtocol((any DeclSyntaxProtocol).self) else {
                continue
            }
            let nested = BasicMacroExpansionContext(
                sharingWith: context, lexicalContext: declaration.allMacroLexicalContexts())
            records += try Self.expand(attribute, declaration, nested).map(\.description)
        }
        problems = context.diagnostics.map { diagnostic in
            let location = context.location(for: diagnostic.position, anchoredAt: diagnostic.node, fileName: "")
            return "\(location.line):\(location.column): \(diagnostic.message)"
        }
        var text = Array(source.utf8)
        for edit in context.diagnostics.flatMap(\.fixIts).flatMap(\.edits).reversed() {
            text.replaceSubrange(
                edit.range.lowerBound.utf8Offset..<edit.range.upperBound.utf8Offset, with: edit.replacement.utf8)
        }
        fixed = String(decoding: text, as: UTF8.self)
    }

    private static func expand(
        _ attribute: AttributeSyntax, _ declaration: some DeclSyntaxProtocol, _ context: some MacroExpansionContext
    ) throws -> [DeclSyntax] {
        try ExposedMacro.expansion(of: attribute, providingPeersOf: declaration, in: context)
    }
}

/// A visitor that finds the attributes to expand.
private final class AttributeFinder: SyntaxVisitor {
    private var found: [AttributeSyntax] = []

    static func attributes(in file: SourceFileSyntax) -> [AttributeSyntax] {
        let finder = AttributeFinder(viewMode: .sourceAccurate)
        finder.walk(file)
        return finder.found
    }

    override func visit(_ node: AttributeSyntax) -> SyntaxVisitorContinueKind {
        if node.attributeName.trimmedDescription.hasSuffix("Exposed") {
            found.append(node)
        }
        return .skipChildren
    }
}
