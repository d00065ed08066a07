package import SwiftSyntax
package import SwiftSyntaxMacros

/// A macro that expands `@Exposed` on a function into a record, which the worker finds in the plugin's linker section
/// `cloud_functions`.
///
/// The macro's declaration must say `names: prefixed(__exposed_), prefixed(__exposedAs_)`. Names that the context
/// makes unique would cost more: looking one up, as every file with a record does, expands all functions of the
/// module.
package struct ExposedMacro: PeerMacro {
    /// The format mode, which turns formatting off: it matters only to people, and costs more than the rest of the
    /// expansion.
    package static var formatMode: FormatMode { .disabled }

    package static func expansion(
        of node: AttributeSyntax,
        providingPeersOf declaration: some DeclSyntaxProtocol,
        in context: some MacroExpansionContext
    ) throws -> [DeclSyntax] {
        var reader = ExposedFunctionReader(
            attribute: node, lexicalContext: context.lexicalContext,
            isRepeated: isRepeated(node, on: declaration, in: context))
        guard let function = reader.read(declaration) else {
            for problem in reader.problems {
                context.diagnose(problem)
            }
            return []
        }
        let record = function.record(at: SourcePosition(of: function.name, in: context))
        // One token holds the whole text. Parsing it here would double the cost, because the compiler parses it
        // again.
        return [DeclSyntax(MissingDeclSyntax(placeholder: .identifier(record)))]
    }

    /// Whether another `@Exposed` precedes this one on the same declaration.
    private static func isRepeated(
        _ node: AttributeSyntax, on declaration: some DeclSyntaxProtocol, in context: some MacroExpansionContext
    ) -> Bool {
        let attributes = declaration.asProtocol((any WithAttributesSyntax).self)?.attributes ?? []
        let exposed = attributes.lazy.compactMap { $0.as(AttributeSyntax.self) }.filter {
            $0.attributeName.isNamed("Exposed", in: "CloudFunctions")
        }
        guard exposed.count > 1, let first = exposed.first else { return false }
        // The compiler passes the attribute and the declaration as two trees, so only their places can be compared.
        return SourcePosition(of: node, in: context) != SourcePosition(of: first, in: context)
    }
}
