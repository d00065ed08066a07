/// Says what the app is whose functions these are, once in a workspace, at the top level of any file.
///
/// ```swift
/// #AppDescription(shortName: "adder", description: "An app that adds things.")
/// ```
///
/// It is what a call of `app-description` answers.
///
/// - Parameters:
///   - shortName: the app's name in few letters, a string literal.
///   - description: what the app does, for people and agents, a string literal.
@freestanding(declaration, names: named(__appDescription))
public macro AppDescription(shortName: String? = nil, description: String? = nil) =
    #externalMacro(module: "CloudFunctionsMacros", type: "AppDescriptionMacro")
