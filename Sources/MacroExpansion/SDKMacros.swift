package import SwiftSyntaxMacros

/// The macros of the SDK, which the compiler asks for by the names of their types.
package var sdkMacros: [any Macro.Type] { [AppDescriptionMacro.self, ExposedMacro.self] }
