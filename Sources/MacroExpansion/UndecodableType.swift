import SwiftSyntax

/// A part of a type that cannot be decoded from JSON, or cannot be encoded as JSON.
struct UndecodableType {
    enum Place {
        case parameter
        case result
    }

    enum Reason {
        case opaque
        case existential
        case any
        case function
        case tuple
        case metatype
        case pack
        case composition
        case suppressed
    }

    var node: Syntax
    var reason: Reason

    /// Finds the first such part of a type as it is written. Only the compiler knows what a name stands for.
    init?(in type: some SyntaxProtocol, place: Place) {
        let node = Syntax(type)
        if let reason = Self.reason(for: node, in: place) {
            self.node = node
            self.reason = reason
            return
        }
        if place == .result, node.is(SomeOrAnyTypeSyntax.self) { return nil }
        for child in node.children(viewMode: .sourceAccurate) {
            if let found = UndecodableType(in: child, place: place) {
                self = found
                return
            }
        }
        return nil
    }

    private static func reason(for node: Syntax, in place: Place) -> Reason? {
        switch node.as(SyntaxEnum.self) {
        case .someOrAnyType(let type):
            if type.someOrAnySpecifier.tokenKind == .keyword(.any) { return .existential }
            return place == .result ? nil : .opaque
        case .identifierType(let type): return ["Any", "AnyObject"].contains(type.name.text) ? .any : nil
        case .functionType: return .function
        case .tupleType(let type): return type.parenthesized == nil ? .tuple : nil
        case .metatypeType: return .metatype
        case .packExpansionType, .packElementType: return .pack
        case .compositionType: return .composition
        case .suppressedType: return .suppressed
        default: return nil
        }
    }

    static func message(for reason: Reason, in place: Place) -> String {
        let use = place == .parameter ? "be decoded" : "be encoded"
        let one = place == .parameter ? "one 'Decodable' type" : "one 'Encodable' type"
        let any = place == .parameter ? "a 'Decodable' type" : "an 'Encodable' type"
        return switch (reason, place) {
        case (.opaque, _):
            "callers do not send types, so that a 'some' type cannot \(use); write the type out"
        case (.existential, .parameter):
            "an 'any' type does not say what to decode; write \(one), or 'JSONValue' for any JSON"
        case (.existential, .result):
            "'any' types are encoded only as the whole result; return 'any Encodable', one type, or 'JSONValue'"
        case (.any, _): "'Any' cannot \(use); write \(one), or 'JSONValue' for any JSON"
        case (.function, _): "a function cannot \(use); use \(any)"
        case (.tuple, _): "a tuple cannot \(use); use a struct, \(any)"
        case (.metatype, _): "a metatype cannot \(use); use \(any)"
        case (.pack, _): "callers do not send types, so that a parameter pack cannot \(use); write the types out"
        case (.composition, _): "a composition of protocols cannot \(use); write \(one)"
        case (.suppressed, _): "a type that is not copyable or not escapable cannot \(use); use \(any)"
        }
    }
}

extension TupleTypeSyntax {
    /// The type inside the parentheses if they only group it, or nil if this is a tuple.
    var parenthesized: TypeSyntax? {
        guard let element = elements.first, elements.count == 1, element.firstName == nil, element.ellipsis == nil
        else {
            return nil
        }
        return element.type
    }
}

extension TypeSyntax {
    /// The type without the parentheses around it.
    var unparenthesized: TypeSyntax {
        self.as(TupleTypeSyntax.self)?.parenthesized?.unparenthesized ?? self
    }

    /// Whether the type is written as the given type of the given module, with or without the module's name.
    func isNamed(_ name: String, in module: String) -> Bool {
        if let type = self.as(IdentifierTypeSyntax.self) {
            return type.name.plainText == name && type.genericArgumentClause == nil
                && (type.moduleSelector.map { $0.moduleName.plainText == module } ?? true)
        }
        if let type = self.as(MemberTypeSyntax.self) {
            return type.name.plainText == name && type.baseType.as(IdentifierTypeSyntax.self)?.name.plainText == module
        }
        return false
    }
}
