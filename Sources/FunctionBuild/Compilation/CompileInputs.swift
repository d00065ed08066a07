import Failures
import SystemSupport

/// The inputs that a compilation of functions takes from the package.
package struct CompileInputs: Sendable, Hashable, Codable {
    /// The arguments of `swiftc`, without files and without anything that determines where output goes.
    package var arguments: [String]
    /// The arguments of the linker: libraries and their folders.
    package var linkerArguments: [String]
    /// The objects of packages that the functions use and the worker does not contain.
    package var dependencyObjects: [String]
    /// The files whose change makes every object stale: the SDK's modules, its macros and the worker.
    package var identityFiles: [String]

    /// Creates inputs. Tests need only the module's name.
    package init(
        arguments: [String], linkerArguments: [String] = [], dependencyObjects: [String] = [],
        identityFiles: [String] = []
    ) {
        self.arguments = arguments
        self.linkerArguments = linkerArguments
        self.dependencyObjects = dependencyObjects
        self.identityFiles = identityFiles
    }

    /// Returns lines that identify the inputs. A build with different lines must not be built upon.
    func identity(layout: BuildLayout, toolchain: Toolchain) -> [String] {
        [layout.functionsFolder] + arguments + linkerArguments + toolchain.identity
            + (dependencyObjects + identityFiles).map(FileStamp.line)
    }
}

extension CompileInputs {
    /// Reads the inputs from the files that SwiftPM left in the package's last debug build.
    ///
    /// SwiftPM's description is large, so the parts that are needed are kept in the build folder until SwiftPM writes
    /// it again.
    ///
    /// - Throws: `toolFailed` when the package has not been built yet or the description is not understood.
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
            Failure(
                tool: what,
                remedy: "Run: TARGETS=worker swift build"))
    }
}
