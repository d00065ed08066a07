import Failures
import FoundationEssentials
package import Logging
import RunningProcesses

/// A builder that makes plugins from the functions' folder, one build at a time.
///
/// The result always corresponds to the sources byte for byte: contents are compared rather than modification times,
/// each build starts from a copy of the last good one, and sources that change while they are compiled are compiled
/// again.
package actor PluginBuilder {
    private let layout: BuildLayout
    private let fixedInputs: CompileInputs?
    private let logger: Logger
    private var toolchain: Toolchain?
    private var good: GoodBuild?
    /// The number of the last compilation that succeeded.
    private var buildNumber = 0
    private var isBuilding = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// The number of plugins that are kept. Workers may still use older ones, but they no longer need the file.
    private static let keptPlugins = 3

    /// Creates a builder.
    ///
    /// - Parameters:
    ///   - layout: the paths of the build. No other builder may use the same build folder.
    ///   - inputs: the compile inputs; nil reads them from the package's debug build for each build.
    ///   - toolchain: the tools; nil takes those of the `swiftc` on PATH.
    ///   - logger: a logger for messages about what was built.
    package init(layout: BuildLayout, inputs: CompileInputs? = nil, toolchain: Toolchain? = nil, logger: Logger) {
        self.layout = layout
        fixedInputs = inputs
        self.toolchain = toolchain
        self.logger = logger
    }

    /// Cleans up after a builder that was killed in the middle of a build.
    ///
    /// This ends the tools that it left running and removes its files, but keeps its last good build.
    ///
    /// - Throws: `toolFailed` when the build folder cannot be written.
    package func prepare() async throws(PluginBuildError) {
        try Files.makeFolder(layout.buildFolder)
        await ProcessSession.endTools(workingIn: layout.workFolder)
        try GoodBuild.recover(layout: layout)
        try Files.remove(layout.workFolder)
        try Files.remove(layout.pluginsFolder)
        try Files.makeFolder(layout.pluginsFolder)
    }

    /// Builds the functions as they are now. Concurrent calls wait for each other.
    ///
    /// - Parameter generation: the number in the plugin's name.
    /// - Throws: `diagnostics` when the code has errors, `cancelled` once a cancelled build has ended completely,
    ///   `toolFailed` otherwise.
    package func build(generation: Int) async throws(PluginBuildError) -> BuiltPlugin {
        await enter()
        defer { leave() }
        let start = ContinuousClock.now
        let toolchain = try await foundToolchain()
        while true {
            if Task.isCancelled { throw .cancelled }
            let snapshot = try SourceSnapshot.read(folder: layout.functionsFolder)
            try checkNames(snapshot)
            let inputs = try currentInputs()
            let identity = inputs.identity(layout: layout, toolchain: toolchain)
            let base = usableBuild(identity: identity)
            let changes = snapshot.changes(since: good?.snapshot ?? SourceSnapshot([:]))

            if let base, changes.isEmpty {
                let path = try publish(generation)
                return BuiltPlugin(
                    path: path, snapshot: snapshot, changes: changes, warnings: base.warnings, compiled: [],
                    duration: .now - start, build: buildNumber, wasUpToDate: true)
            }

            let attempt = Compilation(
                layout: layout, toolchain: toolchain, inputs: inputs, snapshot: snapshot, good: base)
            let result = await outcome(of: attempt)
            if case .failure(.cancelled) = result { throw .cancelled }
            let after = try SourceSnapshot.read(folder: layout.functionsFolder)
            guard after.isUntouched(since: snapshot), identity == inputs.identity(layout: layout, toolchain: toolchain)
            else {
                logger.debug("Sources changed while they were compiled", metadata: ["generation": "\(generation)"])
                continue
            }
            let built = try result.get()
            let newBase = try GoodBuild(
                identity: identity, snapshot: snapshot, warnings: built.warnings, folder: layout.workFolder)
            try commit(newBase)
            let path = try publish(generation)
            let plugin = BuiltPlugin(
                path: path, snapshot: snapshot, changes: changes, warnings: built.warnings, compiled: built.compiled,
                duration: .now - start, build: buildNumber, wasUpToDate: false)
            log(plugin, generation: generation)
            return plugin
        }
    }

    /// Runs an attempt. Its error is returned and not thrown, because the sources are read again in any case.
    private func outcome(of attempt: Compilation) async -> Result<Compilation.Result, PluginBuildError> {
        do throws(PluginBuildError) {
            return .success(try await attempt.run())
        } catch { return .failure(error) }
    }

    private func enter() async {
        if isBuilding { await withCheckedContinuation { waiting.append($0) } } else { isBuilding = true }
    }

    private func leave() {
        // The next in line takes over without the builder becoming free in between.
        if waiting.isEmpty { isBuilding = false } else { waiting.removeFirst().resume() }
    }

    private func foundToolchain() async throws(PluginBuildError) -> Toolchain {
        if let toolchain { return toolchain }
        let found = try await Toolchain.find()
        toolchain = found
        return found
    }

    private func currentInputs() throws(PluginBuildError) -> CompileInputs {
        if let fixedInputs { return fixedInputs }
        return try CompileInputs.ofPackage(layout)
    }

    /// Returns the last good build if it was made from the same inputs and is intact.
    private func usableBuild(identity: [String]) -> GoodBuild? {
        if let good, !good.isIntact(in: layout.goodFolder) { self.good = nil }
        if good == nil { good = GoodBuild.load(from: layout.goodFolder) }
        return good?.identity == identity ? good : nil
    }

    private func commit(_ build: GoodBuild) throws(PluginBuildError) {
        good = nil
        buildNumber += 1
        try build.commit(from: layout.workFolder, layout: layout)
        good = build
    }

    /// Publishes the good build's plugin under the generation's name and removes the oldest plugins.
    private func publish(_ generation: Int) throws(PluginBuildError) -> String {
        try Files.makeFolder(layout.pluginsFolder)
        let path = layout.plugin(generation: generation)
        try Files.link("\(layout.goodFolder)/\(GoodBuild.pluginName)", to: path)
        let generations = try (Files.entries(of: layout.pluginsFolder) ?? []).compactMap { name in
            name.wholeMatch(of: /functions-(\d+)\.so/).flatMap { Int($0.1) }
        }
        for old in generations.filter({ $0 != generation }).sorted().dropLast(Self.keptPlugins - 1) {
            try Files.remove(layout.plugin(generation: old))
        }
        return path
    }

    /// Checks that no two files have the same name, which a module cannot hold. The compiler reports it late and
    /// without a place.
    private func checkNames(_ snapshot: SourceSnapshot) throws(PluginBuildError) {
        let diagnostics = snapshot.namesUsedTwice.map { names in
            let paths = names.map(layout.shown(source:))
            return Diagnostic(
                .error,
                "filename \"\(paths[0].fileName)\" used twice: \(paths.joined(separator: " and ")); "
                    + "all functions are one module, which needs a different name for each file",
                at: Diagnostic.Place(file: paths[1]))
        }
        if !diagnostics.isEmpty { throw .diagnostics(diagnostics) }
    }

    private func log(_ plugin: BuiltPlugin, generation: Int) {
        logger.debug(
            "Functions are built",
            metadata: [
                "generation": "\(generation)", "build.changed": "\(plugin.changes.changed.count)",
                "build.new": "\(plugin.changes.new.count)", "build.deleted": "\(plugin.changes.deleted.count)",
                "build.compiled": "\(plugin.compiled.count)", "build.duration": "\(plugin.duration)",
            ])
    }
}
