package import SwiftSyntax
package import SwiftSyntaxMacros

/// Expands `@Exposed` on a function into a record that the worker finds in the plugin's linker section `cloud_functions`.
///
/// The macro's declaration must say `names: prefixed(__exposed_), prefixed(__exposedAs_)`. Names made unique by the context
/// would cost more: looking one up, which every file with a record does, expands all functions of the module.
package struct ExposedMacro: PeerMacro {
    /// Formatting is for people, and it costs more than the rest of the expansion.
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
        // One token holds the whole text: parsing it here, for the compiler to parse again, would double the cost.
        return [DeclSyntax(MissingDeclSyntax(placeholder: .identifier(record)))]
    }

    /// Whether an `@Exposed` stands before this one on the same declaration.
    private static func isRepeated(
        _ node: AttributeSyntax, on declaration: some DeclSyntaxProtocol, in context: some MacroExpansionContext
    ) -> Bool {
        let attributes = declaration.asProtocol((any WithAttributesSyntax).self)?.attributes ?? []
        let exposed = attributes.lazy.compactMap { $0.as(AttributeSyntax.self) }.filter {
            $0.attributeName.isNamed("Exposed", in: "CloudFunctions")
        }
        guard exposed.count > 1, let first = exposed.first else { return false }
        // The compiler hands the attribute and the declaration over as two trees: only places compare.
        return SourcePosition(of: node, in: context) != SourcePosition(of: first, in: context)
    }
}
