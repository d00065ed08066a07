import SwiftParser
import SwiftSyntax

/// JSON that is written in Swift with literals only, as in `["k": [1, true, nil]]`.
struct JSONLiteral {
    /// The kinds of literals.
    enum Kind {
        case null, bool, number, string, array, object
    }

    let kind: Kind
    /// The literal as JSON.
    let text: String

    /// Creates a literal from an expression, or nil if any part of it is not a literal.
    init?(_ expression: ExprSyntax) {
        switch expression.as(ExprSyntaxEnum.self) {
        case .nilLiteralExpr: self.init(.null, "null")
        case .booleanLiteralExpr(let literal): self.init(.bool, literal.literal.text)
        case .integerLiteralExpr(let literal):
            // A number may have more decimal digits than Swift's own integers can hold.
            let digits = literal.literal.text.filter { $0 != "_" }
            let isDecimal = digits.allSatisfy(\.isNumber) && (digits.first != "0" || digits.count == 1)
            guard let text = isDecimal ? digits : literal.representedLiteralValue.map({ "\($0)" }) else { return nil }
            self.init(.number, text)
        case .floatLiteralExpr(let literal):
            guard let value = literal.representedLiteralValue, value.isFinite else { return nil }
            self.init(.number, "\(value)")
        case .prefixOperatorExpr(let negative):
            guard negative.operator.text == "-", let value = JSONLiteral(negative.expression), value.kind == .number
            else { return nil }
            self.init(.number, "-\(value.text)")
        case .stringLiteralExpr(let literal):
            guard let value = literal.representedLiteralValue else { return nil }
            self.init(.string, JSONText.string(value))
        case .arrayExpr(let array):
            var elements: [String] = []
            for element in array.elements {
                guard let value = JSONLiteral(element.expression) else { return nil }
                elements.append(value.text)
            }
            self.init(.array, JSONText.array(elements))
        case .dictionaryExpr(let dictionary):
            var members: [(key: String, value: String)] = []
            if case .elements(let elements) = dictionary.content {
                for element in elements {
                    guard let key = element.key.as(StringLiteralExprSyntax.self)?.representedLiteralValue,
                        let value = JSONLiteral(element.value)
                    else { return nil }
                    members.append((key, value.text))
                }
            }
            self.init(.object, JSONText.object(members))
        default: return nil
        }
    }

    private init(_ kind: Kind, _ text: String) {
        self.kind = kind
        self.text = text
    }
}
