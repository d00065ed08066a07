import Failures
import ContextValues
import FileWatching
import FunctionBuild
import Glibc
import Console
import Engine
import Ingress
import Invocations
import Surfaces
import WorkerPool
import Logging
import NIOCore
import NIOPosix
import RunningProcesses
import SystemSupport
import Values
import WorkerProtocol

/// The command `workspace run`, which builds the functions, serves them, and reloads them on save until it is told to
/// stop.
package struct WorkspaceRun: Sendable {
    private let settings: Settings
    /// Whether the optimised emulator is built in the meantime.
    private let optimises: Bool
    private let workspace: WorkspaceFolder
    private let output: TerminalOutput

    /// Reads the settings and checks the folders.
    ///
    /// - Parameters:
    ///   - flags: the settings given on the command line.
    ///   - environment: the environment of the process.
    ///   - optimises: whether the optimised emulator is built in the meantime.
    ///   - output: the output to the terminal.
    /// - Throws: ``Failure`` for wrong usage, and if a folder is missing.
    package init(
        flags: [SettingKey: String], environment: [String: String], currentFolder: String, optimises: Bool,
        output: TerminalOutput
    ) throws {
        self.output = output
        self.optimises = optimises
        let functions = Settings.functionsFolder(
            flags: flags, environment: environment, currentFolder: currentFolder)
        guard FileStamp.isFolder(functions) else {
            throw Failure(
                .cannotRun, "There is no functions folder: looked for \(functions)",
                remedy: "Start in the folder that holds functions/, or name it with --functions PATH or CBC_PATH.")
        }
        let root = Settings.root(ofFunctions: functions)
        settings = try Settings(
            functionsFolder: functions,
            sources: SettingSources(
                flags: flags, environment: environment, file: try WorkspaceFile.load(from: root)))
        let mark = LeftoverGuard.newMark()
        workspace = WorkspaceFolder(
            root: root, functionsFolder: functions, packageRoot: try WorkspaceFolder.ownPackageRoot(),
            workerEnvironment: environment.merging(mark) { $1 }.merging(settings.workerEnvironment) { $1 },
            runMark: mark)
    }

    /// Runs until SIGINT or SIGTERM.
    ///
    /// - Throws: ``Failure``.
    package func run() async throws {
        try workspace.makeFolders()
        let lock = try WorkspaceLock(file: workspace.lockFile)
        RunningStore(workspace).remove()
        UnansweredQuestions(workspace).remove()
        let logger = makeLogger()
        let terminal = Terminal(output, isProduction: isProduction)
        let watcher = isProduction ? nil : try watch(terminal)
        let leftovers = LeftoverGuard(
            mark: workspace.runMark, groups: EngineSettings.memoryGroupsFolder,
            secret: workspace.documentStateFile)
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(try await serve(watcher: watcher, terminal: terminal, logger: logger))
        } catch {
            outcome = .failure(error)
        }
        RunningStore(workspace).remove()
        UnansweredQuestions(workspace).list(on: terminal, stub: settings.apiStub)
        await leftovers.finish()
        _ = consume lock
        try outcome.get()
    }

    private var isProduction: Bool { settings.signatureKeys != nil }

    private func watch(_ terminal: Terminal) throws(Failure) -> FileWatcher {
        do throws(FileWatchingError) {
            let watcher = try FileWatcher(scope: workspace.watchScope)
            if let reason = watcher.comparisonReason {
                terminal.warn("changes are found by comparing files before each call: \(reason)")
            }
            return watcher
        } catch {
            throw error.failure
        }
    }

    /// - Parameter watcher: the watcher, or nil in production mode, where the functions do not change.
    private func serve(watcher: FileWatcher?, terminal: Terminal, logger: Logger) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let engine = try await Engine(
            eventLoop: group.any(),
            settings: EngineSettings(
                limits: WorkerLimits(
                    maximumWorkers: settings.workersMax, maximumWaiting: settings.queueMax,
                    callTimeout: settings.functionTimeout,
                    memory: settings.functionMemory, idleTime: settings.workerIdleTime),
                buildWait: settings.buildWait, usesMemoryGroups: true),
            logger: logger, changeCount: { watcher?.changeCount() ?? 0 })
        try await engine.observe { TerminalObserver(terminal.output, logger: logger) }
        let bind = settings.bind, functions = settings.functionsFolder
        let server = try await IngressServer(
            engine: engine,
            requestGuard: RequestGuard(
                allowedOrigins: settings.allowedOrigins, allowedHosts: settings.allowedHosts + [bind]),
            surfaces: try await surfaces(of: engine), address: bind, port: settings.port
        ) { port in
            let host = bind.contains(":") ? "[\(bind)]" : bind
            terminal.listening(address: "http://\(host):\(port)", functionsFolder: functions)
        }
        let reloader = Reloader(
            workspace: workspace, watcher: watcher, engine: engine, terminal: terminal, logger: logger)
        var services: [any Service] = [reloader, server]
        if isProduction {
            try await engine.documentStoreChanged(to: .byRequest)
            RunningStore(workspace).write(.byRequest, serverID: nil)
        } else {
            // The services stop in reverse order, so that the store stops after the calls that use it.
            let documentStore = DocumentStoreService(
                settings: settings, workspace: workspace, terminal: terminal, logger: logger
            ) { state in
                try? await engine.documentStoreChanged(to: state)
            }
            services.insert(documentStore, at: 0)
        }
        if optimises {
            // This stops last, because nothing that the user waits for depends on it.
            services.insert(
                OptimisedBuild(
                    packageRoot: workspace.packageRoot, mark: workspace.runMark, begin: reloader.firstBuildEnded,
                    terminal: terminal), at: 0)
        }
        let terminations = await TerminationSignals.caught()
        let stop = OneTimeEvent()
        let shutdown = Task {
            await ShutdownWatch(engine: engine, output: terminal.output, grace: Self.grace).run(
                terminations, stop: stop)
        }
        let outcome: Result<Void, any Error>
        do {
            try await Services.run(services, until: stop)
            outcome = .success(())
        } catch {
            outcome = .failure(failure(error))
        }
        shutdown.cancel()
        try await engine.stop()
        watcher?.close()
        try await group.shutdownGracefully()
        try outcome.get()
    }

    /// Returns the surfaces, the more specific ones first.
    private func surfaces(of engine: Engine) async throws -> [any Surface] {
        if let keys = settings.signatureKeys { return [Calls(keys: SignatureKeys(keys))] }
        return [
            Objects(folder: workspace.objectsFolder),
            try await ConsoleSurface(engine),
            Paths(),
            Forms(),
            Calls(),
        ]
    }

    private func failure(_ error: any Error) -> any Error {
        if let error = error as? SocketAddressError { return cannotListen("\(error)") }
        guard let error = error as? IOError else { return error }
        let reason = unsafe String(cString: strerror(error.errnoCode))
        guard error.errnoCode == EADDRINUSE else {
            return cannotListen(reason)
        }
        let holder = PortHolder.find(port: settings.port).map { " by \($0)" } ?? ""
        return Failure(
            .cannotRun, "Port \(settings.port) is taken\(holder)",
            remedy: "Stop that process, or choose another port: make run PORT=8021, or workspace run --port 8021.")
    }

    private func cannotListen(_ reason: String) -> Failure {
        Failure(
            .cannotRun, "Cannot listen on \(settings.bind):\(settings.port): \(reason)",
            remedy: "Choose another address or port with --bind and --port.")
    }

    /// The longest time for calls in flight to finish once the emulator is told to stop.
    private static let grace = Duration.seconds(10)

    private func makeLogger() -> Logger {
        let level = settings.logLevel, output = output
        return Logger(label: "workspace") { _ in TerminalLogHandler(output, logLevel: level) }
    }
}

extension IngressServer: Service {
    func run(until stop: OneTimeEvent) async throws { try await run { await stop.wait() } }
}
