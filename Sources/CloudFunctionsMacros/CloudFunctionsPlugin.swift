import SwiftCompilerPlugin
import SwiftSyntaxMacros

/// The executable that the compiler runs to expand the SDK's macros.
@main
struct CloudFunctionsPlugin: CompilerPlugin {
    let providingMacros: [any Macro.Type] = [AppDescriptionMacro.self, ExposedMacro.self]
}
