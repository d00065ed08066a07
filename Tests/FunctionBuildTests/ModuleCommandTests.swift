import FoundationEssentials
import TestSupport
import Testing

@testable import FunctionBuild

@Suite("ModuleCommand", .supervised)
struct ModuleCommandTests {
    @Test("arguments keep how to compile and lose what to write")
    func arguments() throws {
        let command = try #require(ModuleCommand.functions(inDescription: Data(description("functions").utf8)))
        #expect(
            command.compilerArguments == [
                "-module-name", "functions", "-I", "/p/.build/debug/Modules", "-g",
                "-target", "x86_64-unknown-linux-gnu", "-Onone", "-enable-testing", "-DSWIFT_PACKAGE", "-DDEBUG",
                "-module-cache-path",
                "/p/.build/debug/ModuleCache", "-parse-as-library", "-swift-version", "6", "-Xcc", "-fPIC",
                "-Xcc", "-c", "-package-name", "main", "-Xfrontend", "-load-plugin-executable", "-Xfrontend",
                "/p/.build/debug/CloudFunctionsMacros-tool#CloudFunctionsMacros",
            ])
        #expect(command.macroTools == ["/p/.build/debug/CloudFunctionsMacros-tool"])
    }

    @Test("a package whose own functions folder is empty has the arguments of its dependencies' target")
    func empty() throws {
        let contents = Data(description("FunctionDependencies").utf8)
        let command = try #require(ModuleCommand.functions(inDescription: contents))
        #expect(command.compilerArguments.prefix(2) == ["-module-name", "functions"])
    }

    @Test("a description without either is not usable")
    func absent() {
        #expect(ModuleCommand.functions(inDescription: Data(description("Other").utf8)) == nil)
        #expect(ModuleCommand.functions(inDescription: Data("{".utf8)) == nil)
    }

    private func description(_ module: String) -> String {
        """
        {"builtTestProducts": [], "swiftCommands": {
          "C.Logging-debug.module": {"moduleName": "Logging", "importPath": "/x", "otherArguments": []},
          "C.\(module)-x86_64-unknown-linux-gnu-debug.module": {
            "executable": "/opt/swift/usr/bin/swiftc", "importPath": "/p/.build/debug/Modules", "isLibrary": true,
            "inputs": [{"kind": "file", "name": "/p/functions/example.swift"}], "moduleName": "\(module)",
            "otherArguments": ["-target", "x86_64-unknown-linux-gnu", "-incremental", "-enable-batch-mode",
              "-serialize-diagnostics", "-index-store-path", "/p/.build/debug/index/store", "-Onone", "-enable-testing",
              "-j2", "-DSWIFT_PACKAGE", "-DDEBUG", "-module-cache-path", "/p/.build/debug/ModuleCache",
              "-parseable-output", "-parse-as-library", "-emit-objc-header", "-emit-objc-header-path", "/p/Swift.h",
              "-swift-version", "6", "-gnone", "-Xcc", "-fPIC", "-Xcc", "-c", "-package-name", "main",
              "-Xfrontend", "-load-plugin-executable", "-Xfrontend",
              "/p/.build/debug/CloudFunctionsMacros-tool#CloudFunctionsMacros"],
            "wholeModuleOptimization": false}}}
        """
    }
}
