import SwiftDiagnostics
import SwiftSyntax

/// A reader of the function that `@Exposed` is attached to, which collects the problems it finds.
struct ExposedFunctionReader {
    /// The attribute that is expanded.
    let attribute: AttributeSyntax
    /// The scopes around the function, innermost first.
    let lexicalContext: [Syntax]
    /// Whether another `@Exposed` precedes this one.
    let isRepeated: Bool
    private(set) var problems: [Diagnostic] = []

    init(attribute: AttributeSyntax, lexicalContext: [Syntax], isRepeated: Bool) {
        self.attribute = attribute
        self.lexicalContext = lexicalContext
        self.isRepeated = isRepeated
    }

    /// Reads the declaration, or returns nil if there are problems.
    mutating func read(_ declaration: some DeclSyntaxProtocol) -> ExposedFunction? {
        guard let function = declaration.as(FunctionDeclSyntax.self) else {
            report(.notAFunction, at: attribute, fixIt: ("remove '@Exposed'", ""))
            return nil
        }
        if isRepeated {
            report(.exposedTwice, at: attribute, fixIt: ("remove this '@Exposed'", ""))
            return nil
        }
        guard checkPlace(of: function) else { return nil }
        let exposedName = readName()
        let limits = readLimits()
        let tool = readTool()
        checkName(of: function, exposedName: exposedName)
        checkGenerics(of: function)
        checkEffects(of: function.signature)
        let result = readResult(function.signature.returnClause)
        let documentation = DocumentationComment(of: function)
        guard let context = readContext(function.signature.parameterClause) else { return nil }
        let parameters = function.signature.parameterClause.parameters.dropFirst()
        let read = readParameters(parameters, documentation: documentation.parameters)
        guard problems.isEmpty else { return nil }
        let effects = function.signature.effectSpecifiers
        return ExposedFunction(
            name: function.name, exposedName: exposedName, limits: limits, tool: tool, context: context,
            parameters: read, result: result, isAsync: effects?.asyncSpecifier != nil,
            canThrow: effects?.throwsClause?.canThrow ?? false, isolation: .init(of: function),
            documentation: documentation.text)
    }

    /// Reports a problem, with a replacement text for the node if that fixes it.
    mutating func report(
        _ problem: ExposedProblem, at node: some SyntaxProtocol, fixIt: (message: String, text: String)? = nil
    ) {
        guard let fixIt else {
            problems.append(Diagnostic(node: node, message: problem))
            return
        }
        let range = node.positionAfterSkippingLeadingTrivia..<node.endPositionBeforeTrailingTrivia
        report(problem, at: node, fixIt: fixIt, replacing: range)
    }

    /// Reports a problem that is fixed by replacing a range near the node.
    mutating func report(
        _ problem: ExposedProblem, at node: some SyntaxProtocol, fixIt: (message: String, text: String),
        replacing range: Range<AbsolutePosition>
    ) {
        let change = FixIt.Change.replaceText(range: range, with: fixIt.text, in: Syntax(node.root))
        let cure = FixIt(message: ExposedFixIt(message: fixIt.message), changes: [change])
        problems.append(Diagnostic(node: node, message: problem, fixIts: [cure]))
    }
}

extension ThrowsClauseSyntax {
    fileprivate var canThrow: Bool { type?.isNamed("Never", in: "Swift") != true }
}
