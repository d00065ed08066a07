/// What a compilation of functions takes from the package, beside the functions themselves.
package struct CompileInputs: Sendable, Hashable, Codable {
    /// Arguments of `swiftc`, without files and without anything that says where output goes.
    package var arguments: [String]
    /// Arguments of the linker: libraries and where they lie.
    package var linkerArguments: [String]
    /// Objects of packages that the functions use and the worker does not hold.
    package var dependencyObjects: [String]
    /// Files whose change makes every object stale: the SDK's modules, its macros, the worker.
    package var identityFiles: [String]

    /// Creates inputs; tests need no more than the module's name.
    package init(
        arguments: [String], linkerArguments: [String] = [], dependencyObjects: [String] = [],
        identityFiles: [String] = []
    ) {
        self.arguments = arguments
        self.linkerArguments = linkerArguments
        self.dependencyObjects = dependencyObjects
        self.identityFiles = identityFiles
    }

    /// Lines that differ when a build with other inputs may not be built upon.
    func identity(layout: BuildLayout, toolchain: Toolchain) -> [String] {
        [layout.functionsFolder] + arguments + linkerArguments + toolchain.identity
            + (dependencyObjects + identityFiles).map(FileStamp.line)
    }
}

extension CompileInputs {
    /// Reads the inputs from what SwiftPM left of the package's last debug build.
    ///
    /// SwiftPM's description is large, so what is taken from it is kept in the build folder until SwiftPM writes again.
    /// - Throws: `toolFailed` when the package was not built yet or the description is not understood.
    static func ofPackage(_ layout: BuildLayout) throws(PluginBuildError) -> CompileInputs {
        let products = layout.productsFolder
        let description = products + "/description.json"
        let workerList = products + "/FunctionWorker.product/Objects.LinkFileList"
        let dependencyList = products + "/FunctionDependencies.product/Objects.LinkFileList"
        let manifest = layout.plan
        let key = [description, workerList, dependencyList, manifest].map(FileStamp.line)
        if let cached = CachedInputs.load(from: layout.inputsCache), cached.key == key { return cached.inputs }

        guard let contents = Files.contents(of: description),
            let workerObjects = Files.lines(of: workerList).map(LinkCommand.paths),
            let dependencyObjects = Files.lines(of: dependencyList).map(LinkCommand.paths)
        else {
            throw notUsable("The package in \(layout.packageRoot) has no finished debug build")
        }
        guard let command = ModuleCommand.functions(inDescription: contents) else {
            throw notUsable("\(description) does not say how functions are compiled")
        }
        let inputs = CompileInputs(
            arguments: command.compilerArguments,
            linkerArguments: LinkCommand.libraryArguments(
                ofProduct: "FunctionDependencies", inManifest: Files.lines(of: manifest) ?? []),
            dependencyObjects: LinkCommand.objects(dependencyObjects, notIn: workerObjects),
            identityFiles: identityFiles(
                command: command, objects: workerObjects + dependencyObjects, worker: products + "/FunctionWorker"))
        try CachedInputs(key: key, inputs: inputs).save(to: layout.inputsCache)
        return inputs
    }

    private static func identityFiles(command: ModuleCommand, objects: [String], worker: String) -> [String] {
        let modules = Set(objects.compactMap(LinkCommand.module(ofObject:)))
            .subtracting(["FunctionWorker", "FunctionDependencies"])
        let moduleFiles = modules.sorted().map { "\(command.importPath)/\($0).swiftmodule" }.filter(Files.isThere)
        return moduleFiles + command.macroTools + [worker]
    }

    private static func notUsable(_ what: String) -> PluginBuildError {
        .toolFailed(
            ToolFailure(
                what: what,
                remedy: "Run: TARGETS=worker swift build"))
    }
}
