import SwiftSyntax

extension ExposedFunctionReader {
    /// Returns the first parameter if it is the context, or reports a problem and returns nil.
    mutating func readContext(_ clause: FunctionParameterClauseSyntax) -> FunctionParameterSyntax? {
        let insertion = "_ context: FunctionContext"
        guard let first = clause.parameters.first else {
            let end = clause.rightParen.positionAfterSkippingLeadingTrivia
            report(.noContext, at: clause, fixIt: ("insert '\(insertion)'", insertion), replacing: end..<end)
            return nil
        }
        checkSpecifiers(of: first)
        if first.plainType.isFunctionContext {
            return first
        }
        if clause.parameters.dropFirst().contains(where: \.plainType.isFunctionContext) {
            report(.contextNotFirst, at: first)
            return nil
        }
        let start = first.positionAfterSkippingLeadingTrivia
        report(
            .firstNotContext(first.type.singleLine), at: first,
            fixIt: ("insert '\(insertion)'", "\(insertion), "), replacing: start..<start)
        return nil
    }

    /// Reads the parameters after the context.
    mutating func readParameters(
        _ parameters: some Collection<FunctionParameterSyntax>, documentation: [String: String]
    ) -> [ExposedParameter] {
        var names: Set<String> = []
        var hasCatchAll = false
        return parameters.compactMap { parameter in
            guard let read = read(parameter, documentation: documentation) else { return nil }
            if !names.insert(read.name).inserted {
                report(.duplicateParameter(read.name), at: parameter.callerName)
            }
            if read.isCatchAll, hasCatchAll {
                report(.secondCatchAll(read.name), at: parameter.type)
            }
            hasCatchAll = hasCatchAll || read.isCatchAll
            return read
        }
    }

    private mutating func read(
        _ parameter: FunctionParameterSyntax, documentation: [String: String]
    ) -> ExposedParameter? {
        let name = parameter.callerName
        guard name.tokenKind != .wildcard else {
            report(.namelessParameter, at: name)
            return nil
        }
        checkSpecifiers(of: parameter)
        let type = parameter.plainType
        if parameter.ellipsis != nil {
            report(
                .variadic(element: type.singleLine), at: parameter.type,
                fixIt: ("take an array", "[\(type.singleLine)]"),
                replacing: parameter.type.positionAfterSkippingLeadingTrivia..<parameter.typeEnd)
            return nil
        }
        if type.isFunctionContext {
            report(.contextAgain(name.plainText), at: parameter.type)
            return nil
        }
        if let found = UndecodableType(in: type, place: .parameter) {
            report(.type(found.reason, of: .parameter), at: found.node)
            return nil
        }
        let innerName = (parameter.secondName ?? parameter.firstName).plainText
        return ExposedParameter(
            name: name.plainText,
            label: parameter.firstName.callLabel,
            type: type.decodedType,
            defaultValue: parameter.defaultValue?.value.trimmedDescription,
            defaultKind: parameter.defaultValue.flatMap { Self.kind(of: $0.value) },
            isCatchAll: type.isNamed("Arguments", in: "CloudFunctions"),
            documentation: documentation[innerName] ?? documentation[name.plainText])
    }

    private static func kind(of value: ExprSyntax) -> String? {
        if JSONLiteral(value) != nil { return "literal" }
        return value.as(MemberAccessExprSyntax.self)?.base == nil && value.is(MemberAccessExprSyntax.self)
            ? "member" : nil
    }

    /// Reports words such as `inout`, which require more of a caller than a value.
    private mutating func checkSpecifiers(of parameter: FunctionParameterSyntax) {
        guard let type = parameter.type.as(AttributedTypeSyntax.self) else { return }
        for case .simpleTypeSpecifier(let simple) in type.specifiers where simple.specifier.text != "sending" {
            let specifier = simple.specifier
            let start = specifier.positionAfterSkippingLeadingTrivia
            report(
                .specifier(specifier.text), at: specifier, fixIt: ("remove '\(specifier.text)'", ""),
                replacing: start..<simple.endPosition)
        }
    }
}

extension FunctionParameterSyntax {
    /// The type without preceding words such as `sending`.
    fileprivate var plainType: TypeSyntax {
        self.type.as(AttributedTypeSyntax.self)?.baseType ?? self.type
    }

    /// The label or, if there is none, the parameter's own name.
    fileprivate var callerName: TokenSyntax {
        firstName.tokenKind == .wildcard ? secondName ?? firstName : firstName
    }

    /// The end of the type, including its `...`.
    fileprivate var typeEnd: AbsolutePosition {
        (ellipsis ?? type.lastToken(viewMode: .sourceAccurate) ?? colon).endPositionBeforeTrailingTrivia
    }
}

extension TypeSyntax {
    fileprivate var isFunctionContext: Bool { isNamed("FunctionContext", in: "CloudFunctions") }

    /// The type that an argument is decoded as: an implicitly unwrapped optional is an optional.
    fileprivate var decodedType: String {
        guard let type = self.as(ImplicitlyUnwrappedOptionalTypeSyntax.self) else { return singleLine }
        return type.wrappedType.singleLine + "?"
    }
}
