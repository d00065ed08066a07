package import SwiftSyntax
package import SwiftSyntaxMacros

/// A macro that expands `#AppDescription` into a record beside those of the functions.
package struct AppDescriptionMacro: DeclarationMacro {
    package static var formatMode: FormatMode { .disabled }

    package static func expansion(
        of node: some FreestandingMacroExpansionSyntax, in context: some MacroExpansionContext
    ) throws -> [DeclSyntax] {
        guard context.lexicalContext.isEmpty else {
            context.diagnose(ExposedProblem.appDescriptionInside.diagnostic(at: node))
            return []
        }
        var members: [(key: String, value: String)] = []
        for argument in node.arguments {
            guard let literal = JSONLiteral(argument.expression), [.string, .null].contains(literal.kind) else {
                context.diagnose(ExposedProblem.appDescriptionNotLiteral.diagnostic(at: argument.expression))
                return []
            }
            members.append((argument.label?.text ?? "", literal.text))
        }
        let position = SourcePosition(of: node, in: context)
        let metadata = JSONText.object([
            ("appDescription", JSONText.object(members)), ("file", JSONText.string(position.file)),
            ("line", "\(position.line)"), ("column", "\(position.column)"),
        ])
        let record = """
            @used @section("cloud_functions")
            private nonisolated let __appDescription: @convention(c) (UnsafeMutableRawPointer) -> Void = {
            unsafe __describeApp($0, \(JSONText.swiftLiteral(metadata)))
            }
            """
        return [DeclSyntax(MissingDeclSyntax(placeholder: .identifier(record)))]
    }
}
