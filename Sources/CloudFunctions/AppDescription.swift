/// Describes the app that the functions belong to.
///
/// Use it once in a workspace, at the top level of any file:
///
/// ```swift
/// #AppDescription(shortName: "adder", description: "An app that adds things.")
/// ```
///
/// A call of `app-description` returns the description.
///
/// - Parameters:
///   - shortName: a short name for the app, a string literal.
///   - description: the purpose of the app, for people and agents, a string literal.
@freestanding(declaration, names: named(__appDescription))
public macro AppDescription(shortName: String? = nil, description: String? = nil) =
    #externalMacro(module: "CloudFunctionsMacros", type: "AppDescriptionMacro")
