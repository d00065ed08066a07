import ContextValues
import Failures
import FileWatching
import FunctionBuild
import FunctionContracts
import Engine
import WorkerPool
import Logging
import NIOCore
import Values

/// A service that keeps the served functions up to date with the saved files: it watches, builds, and puts new
/// generations into effect. In production mode it builds once.
actor Reloader: Service {
    private let workspace: WorkspaceFolder
    /// The watcher, or nil in production mode.
    private let watcher: FileWatcher?
    private let engine: Engine
    private let builder: PluginBuilder
    private let packages: PackageBuild
    private let terminal: Terminal
    private let logger: Logger
    private var machine = ReloadStateMachine()
    private var buildTask: Task<Void, Never>?
    private var generation = 0
    /// The plugin of the generation in effect. The last successful build may be another one that could not be
    /// installed.
    private var installed: BuiltPlugin?
    /// Whether the latest build failed.
    private var hasFailed = false
    /// An event that occurs when the first build that no change interrupted has ended.
    nonisolated let firstBuildEnded = OneTimeEvent()

    init(
        workspace: WorkspaceFolder, watcher: FileWatcher?, engine: Engine, terminal: Terminal, logger: Logger
    ) {
        self.workspace = workspace
        self.watcher = watcher
        self.engine = engine
        self.terminal = terminal
        self.logger = logger
        builder = PluginBuilder(layout: workspace.buildLayout, logger: logger)
        packages = PackageBuild(layout: workspace.buildLayout, logger: logger)
    }

    func run(until stop: OneTimeEvent) async throws {
        try await stop.during {
            try await builder.prepare()
            await perform(machine.changed([.sources, .configuration], count: watcher?.changeCount() ?? 0))
            if let watcher {
                for await changes in watcher.changes {
                    await perform(machine.changed(touched(changes), count: changes.count))
                }
            } else {
                try await stay(until: stop)
            }
        } onOccurrence: { [watcher] in
            watcher?.close()
        }
        machine.stop()
        buildTask?.cancel()
        await buildTask?.value
    }

    /// Waits for the only build, and then until the service must stop.
    private func stay(until stop: OneTimeEvent) async throws {
        let build = buildTask
        await stop.during {
            await build?.value
        } onOccurrence: {
            build?.cancel()
        }
        if hasFailed {
            terminal.output.exitSoon(1)
            throw Failure(
                .cannotRun, "The functions cannot be served", remedy: "Fix what is said above, and start again.")
        }
        await stop.wait()
    }

    private func touched(_ changes: FileChanges) -> ReloadStateMachine.Touched {
        if changes.everything { return [.sources, .configuration] }
        var touched: ReloadStateMachine.Touched = []
        for path in changes.paths {
            if workspace.configurationFiles.contains(path) {
                touched.insert(.configuration)
            } else {
                touched.insert(.sources)
            }
        }
        return touched
    }

    private func perform(_ actions: [ReloadStateMachine.Action]) async {
        for action in actions {
            switch action {
            case .loadConfiguration:
                await loadConfiguration()
                await perform(machine.configured())
            case .startBuild:
                buildTask = Task {
                    await self.build()
                    await self.perform(self.machine.buildEnded())
                }
            case .cancelBuild: buildTask?.cancel()
            case .covered(let count): try? await engine.covered(count)
            }
        }
    }

    private func build() async {
        let start = ContinuousClock.now
        await watcher?.settle()
        do {
            try await engine.buildBegan()
            try await buildPackages()
            var plugin = try await builder.build(generation: generation + 1)
            engine.count(build: .now - start, succeeded: true)
            if plugin.build == installed?.build {
                try await engine.unchanged(covering: machine.covering)
                firstBuildEnded.occur()
                if hasFailed { terminal.functionsAreAsBefore(generation: generation) }
                hasFailed = false
                return
            }
            // Somebody may have deleted the folder in the meantime.
            try workspace.makeFolders()
            let launcher = WorkerLauncher(
                executable: workspace.workerExecutable, plugin: plugin.path,
                functions: workspace.functions,
                crashFolder: workspace.crashFolder, environment: workspace.workerEnvironment)
            let registry = try await engine.install(
                launcher, number: generation + 1, covering: machine.covering)
            generation += 1
            // The last successful build may not have been put into effect.
            if let installed { plugin.changes = plugin.snapshot.changes(since: installed.snapshot) }
            installed = plugin
            hasFailed = false
            for warning in plugin.warnings { terminal.show(warning.rendered()) }
            engine.count(reload: .now - start)
            terminal.reloaded(registry, plugin, generation: generation, duration: .now - start)
            firstBuildEnded.occur()
        } catch is CancellationError {
            logger.debug("The functions were not put into effect because they changed again")
        } catch PluginBuildError.cancelled {
            logger.debug("The build was ended because its sources changed again")
        } catch {
            engine.count(build: .now - start, succeeded: false)
            await failed(Failure(ofBuild: error))
        }
    }

    /// Builds the worker and its packages. If none of their sources have changed, this only checks files.
    private func buildPackages() async throws {
        let terminal = terminal
        let outcome = try await packages.run { terminal.packageProgress($0) }
        if case .built(let duration) = outcome { terminal.step("Worker and packages are built", duration) }
    }

    private func failed(_ failure: Failure) async {
        hasFailed = true
        terminal.buildFailed(failure, generation: installed == nil ? 0 : generation)
        let files = failure.details.diagnostics.filter { $0.severity == .error }.compactMap(\.file)
        let broken = BrokenBuild(failure.ofCalls, files: filesChangedSinceInstalled.union(files))
        try? await engine.buildFailed(broken, covering: machine.covering)
        firstBuildEnded.occur()
    }

    /// The changed files, by the paths that are shown. Changes after the failed build need not be included, because
    /// calls wait for them anyway.
    private var filesChangedSinceInstalled: Set<String> {
        guard let installed else { return [] }
        let sources = (try? SourceSnapshot.read(folder: workspace.functionsFolder)) ?? SourceSnapshot([:])
        let changes = sources.changes(since: installed.snapshot)
        let names = changes.changed + changes.new + changes.deleted
        return Set(names.compactMap { workspace.functions.shown("\(workspace.functionsFolder)/\($0)") })
    }

    private func loadConfiguration() async {
        // In production, all of the configuration comes with the requests.
        guard let watcher else { return }
        await watcher.settle()
        let result: Result<ByteBuffer, Failure>
        do throws(Failure) {
            let loaded = try ContextValues.load(from: workspace.root)
            if let warning = loaded.deprecationWarning { terminal.warn(warning) }
            result = .success(ByteBuffer(bytes: try loaded.bytes))
        } catch {
            terminal.show(error)
            result = .failure(error)
        }
        try? await engine.configure(result)
    }
}

extension LoadedContextValues {
    /// The values in the form that workers read, which extends JSON, because YAML's `.inf` and `.nan` have no JSON
    /// form.
    fileprivate var bytes: [UInt8] {
        get throws(Failure) {
            do throws(JSONWritingError) {
                return try JSONValue.object(values).nonFiniteJSONBytes()
            } catch {
                throw Failure(
                    .configurationInvalid, "\(source ?? ""): \(error)",
                    remedy: "Fix the value; the file is read again when it changes.")
            }
        }
    }
}
