import MacroExpansion
@_spi(PluginMessage) import SwiftCompilerPluginMessageHandling
import SwiftSyntaxMacros

/// The executable that the compiler runs to expand the SDK's macros.
///
/// The target contains nothing else, so that no test depends on it: SwiftPM builds everything that a test of a macro
/// target needs a second time, for the host. `CompilerPlugin`, the usual way to write a plug-in, looks for the macros
/// in this module, and is not part of the toolchain.
@main
struct CloudFunctionsPlugin: PluginProvider {
    let features: [PluginFeature] = []

    static func main() throws {
        try CompilerPluginMessageListener(connection: StandardIOMessageConnection(), provider: Self()).main()
    }

    func resolveMacro(moduleName: String, typeName: String) throws -> any Macro.Type {
        guard let found = sdkMacros.first(where: { "\($0)" == typeName }) else { throw NoSuchMacro(name: typeName) }
        return found
    }

    /// Throws an error. The compiler calls this only for plug-ins that offer it as a feature.
    func loadPluginLibrary(libraryPath: String, moduleName: String) throws {
        throw NoSuchMacro(name: moduleName)
    }

    private struct NoSuchMacro: Error {
        let name: String
    }
}
