import SwiftSyntaxMacros

#if canImport(SwiftCompilerPlugin)
    import SwiftCompilerPlugin

    /// The executable that the compiler runs to expand the SDK's macros.
    @main
    struct CloudFunctionsPlugin: CompilerPlugin {
        let providingMacros: [any Macro.Type] = sdkMacros
    }
#else
    // The toolchain has all of SwiftSyntax but the module that makes an executable of it.
    @_spi(PluginMessage) import SwiftCompilerPluginMessageHandling

    /// The executable that the compiler runs to expand the SDK's macros.
    @main
    struct CloudFunctionsPlugin: PluginProvider {
        let features: [PluginFeature] = []

        static func main() throws {
            try CompilerPluginMessageListener(connection: StandardIOMessageConnection(), provider: Self()).main()
        }

        func resolveMacro(moduleName: String, typeName: String) throws -> any Macro.Type {
            guard let found = sdkMacros.first(where: { String(reflecting: $0) == "\(moduleName).\(typeName)" }) else {
                throw NoSuchMacro(name: typeName)
            }
            return found
        }

        /// The compiler asks only those for it that offer it as a feature.
        func loadPluginLibrary(libraryPath: String, moduleName: String) throws {
            throw NoSuchMacro(name: moduleName)
        }

        private struct NoSuchMacro: Error {
            let name: String
        }
    }
#endif

private var sdkMacros: [any Macro.Type] { [AppDescriptionMacro.self, ExposedMacro.self] }
