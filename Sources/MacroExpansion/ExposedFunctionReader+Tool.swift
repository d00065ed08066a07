import SwiftSyntax

extension ExposedFunctionReader {
    /// Reads the attribute's description of the function as a tool for agents.
    ///
    /// - Returns: members of a JSON object, or nil if the function is not a tool.
    mutating func readTool() -> [(key: String, value: String)]? {
        guard case .argumentList(let arguments) = attribute.arguments else { return nil }
        var isTool = false
        var isUnreadable = false
        var members: [(key: String, value: String)] = []
        var others: [LabeledExprSyntax] = []
        for argument in arguments {
            guard let label = argument.label?.text, let (kind, form) = Self.toolArguments[label] else { continue }
            guard let literal = JSONLiteral(argument.expression), literal.kind == kind || literal.kind == .null,
                label != "examples" || Self.areTexts(argument.expression)
            else {
                report(.toolNotLiteral(label, form: form), at: argument.expression)
                isUnreadable = isUnreadable || label == "agentic"
                continue
            }
            if label == "agentic" {
                isTool = literal.text == "true"
            } else {
                others.append(argument)
                if literal.kind != .null { members.append((label, literal.text)) }
            }
        }
        if !isTool, !isUnreadable, let other = others.first {
            report(.notATool(other.label?.text ?? ""), at: other)
        }
        return isTool ? members : nil
    }

    /// The arguments that describe tools, with the kind of literal and an example for each.
    private static let toolArguments: [String: (JSONLiteral.Kind, form: String)] = [
        "agentic": (.bool, "true"), "requiresHumanPermission": (.bool, "true"),
        "description": (.string, "\"Adds two numbers\""), "examples": (.array, "[\"add 1 2\"]"),
        "inputSchema": (.object, "[\"type\": \"object\"]"), "outputSchema": (.object, "[\"type\": \"object\"]"),
        "meta": (.object, "[\"category\": \"math\"]"),
    ]

    private static func areTexts(_ expression: ExprSyntax) -> Bool {
        guard let array = expression.as(ArrayExprSyntax.self) else { return true }
        return array.elements.allSatisfy { $0.expression.is(StringLiteralExprSyntax.self) }
    }
}
