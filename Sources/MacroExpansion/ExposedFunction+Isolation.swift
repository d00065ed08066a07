import SwiftSyntax

extension ExposedFunction.Isolation {
    /// The attributes with an initial capital that are not the user's own.
    private static let known: Set<String> = ["Exposed", "Sendable"]

    /// Creates an isolation from a function's attributes.
    ///
    /// Attributes whose names end in `Actor` are taken for global actors. Nothing is known of other attributes with
    /// an initial capital, which may also be macros or result builders.
    init(of function: FunctionDeclSyntax) {
        self = .none
        for case .attribute(let attribute) in function.attributes {
            let name = attribute.attributeName.lastName
            if name.hasSuffix("Actor") {
                self = .actor(attribute)
                return
            }
            if name.first?.isUppercase == true, !Self.known.contains(name) {
                self = .unknown
            }
        }
    }
}

extension TypeSyntax {
    fileprivate var lastName: String {
        if let type = self.as(IdentifierTypeSyntax.self) { return type.name.plainText }
        return self.as(MemberTypeSyntax.self)?.name.plainText ?? ""
    }
}
