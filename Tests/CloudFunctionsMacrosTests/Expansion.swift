import CloudFunctionsMacros
import FoundationEssentials
import SwiftDiagnostics
import SwiftParser
import SwiftSyntax
import SwiftSyntaxMacroExpansion
import SwiftSyntaxMacros
import Testing

/// What the macro makes of a source.
struct Expansion {
    /// The source of the records alone.
    var records: String
    /// The problems, each as `line:column: message`.
    var problems: [String]
    /// The source after all fix-its.
    var fixed: String

    init(_ source: String) {
        let file = Parser.parse(source: source)
        let shared = BasicMacroExpansionContext(
            sourceFiles: [file: .init(moduleName: "functions", fullFilePath: "/work/functions/mail.swift")])
        // Without its attributes the source is what the macro was given; what is more is what it made.
        let expanded = file.expand(macros: ["Exposed": ExposedMacro.self]) { node in
            BasicMacroExpansionContext(sharingWith: shared, lexicalContext: node.allMacroLexicalContexts())
        }
        records = Self.records(in: expanded)
        problems = shared.diagnostics.map { diagnostic in
            let location = shared.location(for: diagnostic.position, anchoredAt: diagnostic.node, fileName: "")
            return "\(location.line):\(location.column): \(diagnostic.message)"
        }
        fixed = Self.fixed(source, shared.diagnostics, in: shared)
    }

    private static func records(in expanded: some SyntaxProtocol) -> String {
        let lines = expanded.description.split(separator: "\n")
        return lines.split { !$0.hasPrefix("@used") && !$0.hasPrefix("private nonisolated") && !$0.hasPrefix("unsafe") && $0 != "}" }
            .map { $0.joined(separator: "\n") }.joined(separator: "\n")
    }

    private static func fixed(
        _ source: String, _ diagnostics: [Diagnostic], in context: BasicMacroExpansionContext
    ) -> String { source }
}
