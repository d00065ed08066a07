import Documents
import InvocationProtocol
import Logging
import MongoClient
import ServiceLifecycle

/// Keeps a MongoDB server for the workspace's documents, and says where it is.
///
/// It starts with the emulator, while the functions build; nothing waits for it but operations on documents.
actor DocumentStoreService: Service {
    private let choice: DocumentStoreChoice
    private let preferredPort: Int
    private let workspace: WorkspaceFolder
    private let tools: ServerTools
    private let console: Console
    private let logger: Logger
    private let report: @Sendable (DocumentStoreState) async -> Void
    private var server: GuardedServer?
    private var isStopping = false

    /// A server that ends sooner, time and again, is not started any more.
    private static let shortestLife = Duration.seconds(10)
    private static let longestStart = Duration.seconds(60)
    private static let retryInterval = Duration.seconds(2)
    private static let attempts = 3

    /// - Parameter report: told of each change, in order.
    init(
        settings: Settings, workspace: WorkspaceFolder, console: Console, logger: Logger,
        report: @escaping @Sendable (DocumentStoreState) async -> Void
    ) {
        choice = settings.documentStore
        preferredPort = settings.documentDBPort
        self.workspace = workspace
        self.console = console
        self.logger = logger
        self.report = report
        tools = ServerTools(
            packageRoot: workspace.packageRoot, searchPath: workspace.workerEnvironment["PATH"] ?? "/usr/bin:/bin",
            console: console)
    }

    func run() async throws {
        let work = Task { await serve() }
        try? await gracefulShutdown()
        isStopping = true
        work.cancel()
        await server?.stop()
        await work.value
    }

    private func serve() async {
        switch choice {
        case .none:
            await report(
                .unavailable(
                    InvocationFailure(
                        .documentStoreUnavailable, "It is switched off", remedy: "Start without DOCUMENT_STORE=none.")))
        case .server(let uri): await follow(uri)
        case .auto, .container, .mongod: await runServer()
        }
    }

    // MARK: - A server of somebody else's

    /// Asks until the server answers; from then on the driver itself finds it again.
    private func follow(_ uri: String) async {
        var isFirst = true
        while !isStopping {
            do throws(DocumentStoreError) {
                let version = try await MongoClient(uri: uri).serverVersion()
                return await ready(uri, kind: "uri", version: version)
            } catch {
                let failure = InvocationFailure(
                    .documentStoreUnavailable, "The server that DOCUMENT_STORE names does not answer: \(error.message)",
                    remedy: error.remedy ?? "Start it, or look at the connection string.")
                if isFirst { console.warn("\(failure.message)") }
                isFirst = false
                await report(.unavailable(failure))
                try? await Task.sleep(for: Self.retryInterval)
            }
        }
    }

    private func ready(_ uri: String, kind: String, version: String) async {
        let address = DocumentStoreState.Address(uri: uri, kind: kind, version: version)
        console.show("Document store: MongoDB \(version) at \(address.redactedURI) (\(kind))")
        await report(.ready(address))
    }

    // MARK: - A server of ours

    private func runServer() async {
        var quickEnds = 0
        while !isStopping {
            let start = ContinuousClock.now
            var reasons: [String] = []
            var ran = false
            for way in choice.ways where !isStopping && !ran {
                do throws(ServerTools.NotThere) {
                    try await run(way)
                    ran = true
                } catch {
                    reasons.append("\(way.rawValue): \(error.reason)")
                }
            }
            if isStopping { return }
            quickEnds = .now - start > Self.shortestLife ? 0 : quickEnds + 1
            guard ran, quickEnds < Self.attempts else {
                return await unavailable(ran ? ["it ends soon after each start"] : reasons)
            }
            console.warn("the document store's server has ended; an empty one starts")
            await report(.starting)
        }
    }

    private func unavailable(_ reasons: [String]) async {
        let failure = InvocationFailure(
            .documentStoreUnavailable, "No MongoDB server could be started (\(reasons.joined(separator: "; ")))",
            remedy:
                "Start a container engine, install mongod, or name a server with DOCUMENT_STORE=mongodb://HOST:PORT, "
                + "then start the emulator again.")
        console.warn("functions run without a document store. \(failure.message)")
        if let remedy = failure.remedy { console.show(remedy) }
        await report(.unavailable(failure))
    }

    /// Runs a server to its end.
    ///
    /// - Throws: ``ServerTools/NotThere`` when it does not start.
    private func run(_ way: ServerWay) async throws(ServerTools.NotThere) {
        let program: String
        switch way {
        case .container: program = try await tools.docker(patience: choice == .auto ? .seconds(1) : .seconds(20))
        case .mongod: program = try await tools.mongod()
        }
        var port = try choosePort()
        for attempt in 1...Self.attempts where !isStopping {
            switch await start(command(way, program: program, port: port), port: port) {
            case .ended: return
            case .portTaken where attempt < Self.attempts: port = try freePort(insteadOf: port)
            case .portTaken: throw ServerTools.NotThere(reason: "its port is taken again and again")
            case .failed(let reason): throw ServerTools.NotThere(reason: reason)
            }
        }
    }

    private func command(_ way: ServerWay, program: String, port: Int) -> ServerCommand {
        switch way {
        case .container: .container(docker: program, name: workspace.containerName, port: port)
        case .mongod: .mongod(program: program, folder: workspace.documentFolder, port: port)
        }
    }

    private func choosePort() throws(ServerTools.NotThere) -> Int {
        PortChoice.isFree(preferredPort) ? preferredPort : try freePort(insteadOf: preferredPort)
    }

    private func freePort(insteadOf taken: Int) throws(ServerTools.NotThere) -> Int {
        guard let port = PortChoice.anyFree else { throw ServerTools.NotThere(reason: "there is no free port") }
        let holder = PortHolder.find(port: taken).map { " by \($0)" } ?? ""
        console.show("Port \(taken) is taken\(holder); the document store moves to \(port)")
        return port
    }

    private enum Outcome {
        /// It was ready, and has ended since.
        case ended
        case portTaken
        case failed(String)
    }

    private func start(_ command: ServerCommand, port: Int) async -> Outcome {
        do { try workspace.prepareDocumentFolder() } catch { return .failed("\(error)") }
        let server = GuardedServer(command)
        self.server = server
        defer { self.server = nil }
        let patience = Task {
            try await Task.sleep(for: Self.longestStart)
            await server.stop()
        }
        defer { patience.cancel() }
        var log = ServerLog()
        var (isReady, isPortTaken) = (false, false)
        for await line in server.lines {
            logger.debug("MongoDB's server says", metadata: ["text": "\(line)"])
            guard !isReady else { continue }
            switch log.read(line) {
            case .ready:
                patience.cancel()
                isReady = await greet(port: port, way: command.way)
                if !isReady { await server.stop() }
            case .portTaken: isPortTaken = true
            case .other: break
            }
        }
        await server.stop()
        if isReady { return .ended }
        if isPortTaken { return .portTaken }
        return .failed(log.reason ?? "it ended without a word")
    }

    /// Asks a server that says it is ready; false when it does not answer.
    private func greet(port: Int, way: ServerWay) async -> Bool {
        let uri = "mongodb://127.0.0.1:\(port)/"
        for _ in 1...Self.attempts where !isStopping {
            guard let version = try? await MongoClient(uri: uri).serverVersion() else { continue }
            await ready(uri, kind: way.rawValue, version: version)
            return true
        }
        return false
    }
}
