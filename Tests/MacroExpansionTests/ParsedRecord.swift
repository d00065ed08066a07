import SwiftParser
import SwiftSyntax
import Testing

/// The parts of the record that the macro creates for a function, found by parsing the record.
struct ParsedRecord {
    /// The name of the constant, with its backticks.
    let name: String
    /// The function of the SDK that the record calls.
    let entryPoint: String
    /// The closure that the record passes to it.
    let thunk: String
    /// The metadata as a running program sees them.
    let metadata: String

    /// Creates a record by expanding a source with one exposed function.
    init(_ source: String, sourceLocation: Testing.SourceLocation = #_sourceLocation) throws {
        let expansion = try Expansion(source)
        #expect(expansion.problems.isEmpty, sourceLocation: sourceLocation)
        let text = try #require(expansion.records.first, sourceLocation: sourceLocation)
        let file = Parser.parse(source: text)
        #expect(!file.hasError, "\(text)", sourceLocation: sourceLocation)
        let constant = try #require(file.statements.first?.item.as(VariableDeclSyntax.self)?.bindings.first)
        let closure = try #require(constant.initializer?.value.as(ClosureExprSyntax.self))
        let statement = try #require(closure.statements.first?.item.as(UnsafeExprSyntax.self))
        let call = try #require(statement.expression.as(FunctionCallExprSyntax.self))
        name = constant.pattern.trimmedDescription
        entryPoint = call.calledExpression.trimmedDescription
        thunk = try #require(call.trailingClosure).trimmedDescription
        metadata = try #require(
            call.arguments.last?.expression.as(StringLiteralExprSyntax.self)?.representedLiteralValue)
    }
}
