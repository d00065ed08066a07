import FoundationEssentials

/// How SwiftPM compiles one module, from `swiftCommands` in `.build/debug/description.json`.
struct ModuleCommand: Decodable, Sendable, Hashable {
    var moduleName: String
    /// The folder of the other modules.
    var importPath: String
    /// Everything beside files, module name and outputs.
    var otherArguments: [String]

    /// The command of the functions' module, nil when the description holds none.
    ///
    /// A package whose own `functions` folder is empty has no such module; the module `FunctionDependencies` has the same
    /// dependencies and so the same arguments.
    static func functions(inDescription contents: Data) -> ModuleCommand? {
        struct Description: Decodable { var swiftCommands: [String: ModuleCommand] }
        guard let commands = try? JSONDecoder().decode(Description.self, from: contents).swiftCommands.values
        else { return nil }
        let named = { (name: String) in commands.first { $0.moduleName == name } }
        let command = named("functions") ?? named("FunctionDependencies")
        return command.map { ModuleCommand(moduleName: "functions", importPath: $0.importPath, $0.otherArguments) }
    }

    private init(moduleName: String, importPath: String, _ otherArguments: [String]) {
        self.moduleName = moduleName
        self.importPath = importPath
        self.otherArguments = otherArguments
    }

    /// The arguments that say how to compile, without those that say what to write and how many jobs to run.
    var compilerArguments: [String] {
        var kept: [String] = ["-module-name", moduleName, "-I", importPath]
        var rest = otherArguments[...]
        while let argument = rest.popFirst() {
            if Self.passedOn.contains(argument) {
                // The next argument is for another program, whatever it looks like.
                kept.append(argument)
                if let value = rest.popFirst() { kept.append(value) }
            } else if Self.outputOptions.contains(argument) {
                _ = rest.popFirst()
            } else if !Self.outputFlags.contains(argument), argument.wholeMatch(of: /-j\d+/) == nil {
                kept.append(argument)
            }
        }
        return kept
    }

    /// The executables of the macros that the functions can use.
    var macroTools: [String] {
        zip(otherArguments, otherArguments.dropFirst(2)).filter { $0.0 == "-load-plugin-executable" }
            .compactMap { $0.1.split(separator: "#").first.map(String.init) }
    }

    private static let passedOn: Set = ["-Xfrontend", "-Xcc", "-Xllvm", "-Xlinker", "-Xclang-linker"]

    private static let outputFlags: Set = [
        "-c", "-incremental", "-enable-batch-mode", "-serialize-diagnostics", "-parseable-output", "-emit-module",
        "-emit-dependencies", "-emit-objc-header", "-whole-module-optimization", "-v", "-color-diagnostics",
        "-no-color-diagnostics", "-save-temps",
    ]

    private static let outputOptions: Set = [
        "-index-store-path", "-index-unit-output-path", "-emit-objc-header-path", "-emit-module-path",
        "-output-file-map", "-o", "-j", "-num-threads", "-module-name", "-diagnostic-style",
    ]
}
