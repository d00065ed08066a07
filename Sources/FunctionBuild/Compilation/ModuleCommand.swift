import FoundationEssentials

/// SwiftPM's command for compiling one module, from `swiftCommands` in `.build/debug/description.json`.
struct ModuleCommand: Decodable, Sendable, Hashable {
    var moduleName: String
    /// The folder of the other modules.
    var importPath: String
    /// All arguments except for files, the module's name and outputs.
    var otherArguments: [String]

    /// Returns the command of the functions' module, or nil if the description contains none.
    ///
    /// A package whose own `functions` folder is empty has no such module. The module `FunctionDependencies` has the
    /// same dependencies and therefore the same arguments.
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

    /// The arguments that determine how to compile, without those for outputs and for the number of jobs.
    ///
    /// Debug information is asked for, which tells the places of crashes and throws: the package is built without.
    var compilerArguments: [String] {
        var kept: [String] = ["-module-name", moduleName, "-I", importPath, "-g"]
        var rest = otherArguments[...]
        while let argument = rest.popFirst() {
            if Self.passedOn.contains(argument) {
                // The next argument is for another program, whatever it looks like.
                kept.append(argument)
                if let value = rest.popFirst() { kept.append(value) }
            } else if Self.outputOptions.contains(argument) {
                _ = rest.popFirst()
            } else if !Self.outputFlags.contains(argument), !Self.debugFlags.contains(argument),
                argument.wholeMatch(of: /-j\d+/) == nil
            {
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

    private static let debugFlags: Set = ["-g", "-gnone", "-gline-tables-only", "-gdwarf-types"]

    private static let outputOptions: Set = [
        "-index-store-path", "-index-unit-output-path", "-emit-objc-header-path", "-emit-module-path",
        "-output-file-map", "-o", "-j", "-num-threads", "-module-name", "-diagnostic-style",
    ]
}
