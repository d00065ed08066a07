import SwiftParser
import SwiftSyntax

extension ExposedFunctionReader {
    /// Checks whether the function is at the top level of a file.
    mutating func checkPlace(of function: FunctionDeclSyntax) -> Bool {
        guard let scope = lexicalContext.first else { return true }
        let name = function.name.plainText
        if let type = scope.asProtocol((any DeclGroupSyntax).self) {
            report(.member(name, of: type.typeName), at: attribute)
        } else {
            report(.local(name), at: attribute)
        }
        return false
    }

    /// Reads the name given to `@Exposed`, or returns nil if there is none.
    mutating func readName() -> String? {
        guard case .argumentList(let arguments) = attribute.arguments, let argument = arguments.first,
            argument.label == nil
        else { return nil }
        guard let name = argument.expression.as(StringLiteralExprSyntax.self)?.representedLiteralValue else {
            report(.nameNotLiteral, at: argument.expression)
            return nil
        }
        if name.isEmpty {
            report(.nameEmpty, at: argument.expression)
        } else if let character = Self.unusableCharacter(in: name) {
            report(.nameCharacter(name, character), at: argument.expression)
        } else if Self.reservedNames.contains(name) {
            report(.reservedName(name), at: argument.expression)
        }
        return name
    }

    /// Checks the function's own name, whose characters matter only if callers use it.
    mutating func checkName(of function: FunctionDeclSyntax, exposedName: String?) {
        guard case .identifier = function.name.tokenKind else {
            report(.operatorFunction(function.name.text), at: function.name)
            return
        }
        let name = function.name.plainText
        if exposedName == nil, let character = Self.unusableCharacter(in: name) {
            report(.ownNameCharacter(name, character), at: function.name)
        } else if exposedName == nil, Self.reservedNames.contains(name) {
            report(.reservedName(name), at: function.name)
        }
    }

    /// The names of the requests that agents make to an app.
    private static let reservedNames: Set = ["app-description", "list-agent-tools", "list-agent-tools-issues"]

    mutating func checkGenerics(of function: FunctionDeclSyntax) {
        if let clause = function.genericParameterClause {
            report(.generic, at: clause)
        }
        if let clause = function.genericWhereClause {
            report(.whereClause, at: clause)
        }
    }

    mutating func checkEffects(of signature: FunctionSignatureSyntax) {
        if let specifier = signature.effectSpecifiers?.asyncSpecifier, specifier.tokenKind == .keyword(.reasync) {
            report(.effect("reasync", instead: "async"), at: specifier, fixIt: ("write 'async'", "async"))
        }
        if let specifier = signature.effectSpecifiers?.throwsClause?.throwsSpecifier,
            specifier.tokenKind == .keyword(.rethrows)
        {
            report(.effect("rethrows", instead: "throws"), at: specifier, fixIt: ("write 'throws'", "throws"))
        }
    }

    /// Determines the way in which the result reaches the caller.
    mutating func readResult(_ clause: ReturnClauseSyntax?) -> ExposedFunction.Result {
        guard let type = clause?.type.unparenthesized, !type.isVoid else { return .none }
        let encodable = ["Encodable", "Codable"]
        if encodable.contains(where: { type.isNamed($0, in: "Swift") }) {
            return .existential(type)
        }
        if let existential = type.as(SomeOrAnyTypeSyntax.self),
            existential.someOrAnySpecifier.tokenKind == .keyword(.any), existential.constraint.singleLine != "Any"
        {
            return .existential(type)
        }
        if let found = UndecodableType(in: type, place: .result) {
            report(.type(found.reason, of: .result), at: found.node)
        }
        return .value(type)
    }

    private static func unusableCharacter(in name: String) -> Character? {
        name.first { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "-" }
    }
}

extension DeclGroupSyntax {
    fileprivate var typeName: String {
        if let named = asProtocol((any NamedDeclSyntax).self) { return named.name.plainText }
        return self.as(ExtensionDeclSyntax.self)?.extendedType.singleLine ?? ""
    }
}

extension TypeSyntax {
    fileprivate var isVoid: Bool {
        self.as(TupleTypeSyntax.self)?.elements.isEmpty ?? isNamed("Void", in: "Swift")
    }
}
