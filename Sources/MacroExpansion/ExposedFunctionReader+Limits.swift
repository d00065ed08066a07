import SwiftSyntax

extension ExposedFunctionReader {
    /// Reads the attribute's arguments `timeout` and `memory`.
    mutating func readLimits() -> ExposedFunction.Limits {
        var limits = ExposedFunction.Limits()
        guard case .argumentList(let arguments) = attribute.arguments else { return limits }
        for argument in arguments where !argument.expression.is(NilLiteralExprSyntax.self) {
            switch argument.label?.text {
            case "timeout":
                limits.timeoutMilliseconds = amount(argument.expression, ["milliseconds": 1, "seconds": 1_000])
                if limits.timeoutMilliseconds.map({ !(1...86_400_000).contains($0) }) ?? true {
                    report(.timeoutNotLiteral, at: argument.expression)
                }
            case "memory":
                limits.memoryMegabytes = amount(argument.expression, ["megabytes": 1, "gigabytes": 1_024])
                switch limits.memoryMegabytes {
                case (32...1_048_576)?: break
                case (..<32)?: report(.memoryTooLow, at: argument.expression)
                default: report(.memoryNotLiteral, at: argument.expression)
                }
            default: break
            }
        }
        return limits
    }

    /// Returns the value of `.unit(literal)`, with or without the type before the dot, or nil for anything else.
    private func amount(_ expression: ExprSyntax, _ units: [String: Int]) -> Int? {
        guard let call = expression.as(FunctionCallExprSyntax.self),
            let member = call.calledExpression.as(MemberAccessExprSyntax.self),
            let unit = units[member.declName.baseName.text], call.arguments.count == 1,
            let literal = call.arguments.first?.expression
        else { return nil }
        let text = literal.trimmedDescription.replacing("_", with: "")
        if literal.is(IntegerLiteralExprSyntax.self), let number = Int(text) {
            let (product, isTooMuch) = number.multipliedReportingOverflow(by: unit)
            return isTooMuch ? nil : product
        }
        guard literal.is(FloatLiteralExprSyntax.self), let number = Double(text) else { return nil }
        return Int(exactly: (number * Double(unit)).rounded())
    }
}
