package import SwiftSyntaxMacros

/// The macros of the SDK, which the compiler requests by the names of their types.
package var sdkMacros: [any Macro.Type] { [AppDescriptionMacro.self, ExposedMacro.self] }
