import Documents
import Failures
import FoundationEssentials
package import Logging
package import MongoClient
import RunningProcesses
import SystemSupport
package import WorkerProtocol

/// A MongoDB server that is kept running for the documents of a workspace, or that someone else runs.
///
/// It performs the actions that ``DocumentStoreStateMachine`` decides on.
package actor DocumentStoreServer {
    /// Callbacks about the server.
    package struct Events: Sendable {
        /// A server responds and is about to be reported. It is ours if this emulator has started it.
        var onServer: @Sendable (_ client: MongoClient, _ isOurs: Bool) async -> Void
        /// The store's state has changed. The changes are reported in order.
        var onChange: @Sendable (DocumentStoreState) async -> Void

        package init(
            onServer: @escaping @Sendable (_ client: MongoClient, _ isOurs: Bool) async -> Void,
            onChange: @escaping @Sendable (DocumentStoreState) async -> Void
        ) {
            self.onServer = onServer
            self.onChange = onChange
        }
    }

    private let choice: DocumentStoreChoice
    private let place: StorePlace
    private let tools: ServerTools
    private let console: any StoreConsole
    private let logger: Logger
    private let events: Events
    /// The storage for documents that outlive their server, or nil if they are lost with it.
    private let kept: KeptDocuments?
    private var machine: DocumentStoreStateMachine
    private var server: GuardedServer?
    /// The number of servers that were tried.
    private var servers = 0
    private var isStopping = false

    private static let longestStart = Duration.seconds(60)
    /// The longest time that the server of an earlier run may take to end.
    private static let longestEnd = Duration.seconds(5)
    private static let retryInterval = Duration.seconds(2)
    private static let greetings = 3

    /// - Parameters:
    ///   - port: the preferred port.
    ///   - keepsData: whether the documents outlive their server.
    package init(
        _ choice: DocumentStoreChoice, port: Int, keepsData: Bool, in place: StorePlace, console: any StoreConsole,
        logger: Logger, events: Events
    ) {
        self.choice = choice
        kept = keepsData ? KeptDocuments(place) : nil
        machine = DocumentStoreStateMachine(choice: choice, port: port, keepsData: keepsData, keptKind: kept?.kind)
        self.place = place
        self.console = console
        self.logger = logger
        self.events = events
        tools = ServerTools(place: place, console: console)
    }

    /// Runs the server until it must stop, and returns once nothing of it is left.
    ///
    /// - Parameter stop: a closure that returns when the server must stop.
    package func run(until stop: @escaping @Sendable () async -> Void) async {
        let work = Task { await serve() }
        await stop()
        isStopping = true
        work.cancel()
        await server?.stop()
        await work.value
    }

    private func serve() async {
        var actions = machine.begin()
        while let next = await perform(actions), !isStopping {
            switch next {
            case .follow(let uri): return await follow(uri)
            case .start(let attempt): actions = await run(attempt)
            case .say, .warn, .report: return
            }
        }
    }

    /// Performs actions up to the first that takes time, and returns that one.
    private func perform(_ actions: [DocumentStoreStateMachine.Action]) async -> DocumentStoreStateMachine.Action? {
        for action in actions where !isStopping {
            switch action {
            case .say(let line): console.show(line)
            case .warn(let line): console.warn(line)
            case .report(let state): await events.onChange(state)
            case .start, .follow: return action
            }
        }
        return nil
    }

    private func welcome(_ client: MongoClient, uri: String, version: String, isOurs: Bool) async {
        await events.onServer(client, isOurs)
        _ = await perform(machine.ready(uri: uri, version: version))
    }

    // MARK: - A server that someone else runs

    /// Asks the server until it responds. From then on, the driver finds the server again by itself.
    private func follow(_ uri: String) async {
        var isFirst = true
        while !isStopping {
            do {
                let client = try MongoClient(uri: uri)
                let version = try await client.serverVersion()
                return await welcome(client, uri: uri, version: version, isOurs: false)
            } catch let error as DocumentStoreError {
                _ = await perform(machine.unreachable(Self.failure(error, uri: uri), isFirst: isFirst))
                isFirst = false
            } catch {
                // The emulator is being stopped.
                return
            }
            try? await Task.sleep(for: Self.retryInterval)
        }
    }

    private static func failure(_ error: DocumentStoreError, uri: String) -> Failure {
        let detail = ConnectionString.harmless(error.message, about: uri).map { text in
            String(text.reversed().drop { $0 == "." }.reversed())
        }
        return Failure(
            .documentStoreUnavailable,
            "The server of DOCUMENT_STORE (\(ConnectionString.redacted(uri))) cannot be used"
                + (detail.map { ": \($0)" } ?? ""),
            remedy: error.remedy
                ?? "Start it, and look at the connection string: mongodb://user:password@host:27017/?options, with % "
                + "codes for special characters in user and password.")
    }

    // MARK: - A server that the emulator runs

    /// Runs a server until it ends, or finds that it cannot be run.
    private func run(_ attempt: DocumentStoreStateMachine.Attempt) async -> [DocumentStoreStateMachine.Action] {
        do throws(StoreProblem) {
            let command = try await command(attempt)
            guard !isStopping else { return [] }
            if !PortChoice.isFree(attempt.port) { return movedPort(from: attempt.port) }
            return try await start(command, attempt)
        } catch {
            logger.debug(
                "A MongoDB server does not run", metadata: ["way": "\(attempt.way)", "text": "\(error.message)"])
            return machine.failed(error)
        }
    }

    private func movedPort(from port: Int) -> [DocumentStoreStateMachine.Action] {
        machine.portTaken(by: PortHolder.find(port: port), free: PortChoice.anyFree)
    }

    private func command(_ attempt: DocumentStoreStateMachine.Attempt) async throws(StoreProblem) -> ServerCommand {
        servers += 1
        let name = "\(ProcessInfo.processInfo.processIdentifier)-\(servers)"
        let program: String
        switch attempt.way {
        case .container:
            // An engine that is the only choice, or that holds the documents, is worth a longer wait.
            let isOneOfMany = choice == .auto && kept?.kind == nil
            let engine = try await tools.engine(patience: isOneOfMany ? .seconds(3) : .seconds(20))
            return .container(
                engine: engine, owner: place.owner, name: name, port: attempt.port, volume: try kept?.volume())
        case .mongodOnPath: program = try tools.mongodOnPath()
        case .installedMongod: program = try await tools.installedMongod()
        }
        guard let kept else {
            return .mongod(program: program, folder: try await emptyFolder(name), port: attempt.port, isKept: false)
        }
        try await prepare(kept.folder)
        return .mongod(program: program, folder: kept.folder, port: attempt.port, isKept: true)
    }

    /// Makes the folder of the files that are kept, and waits for the server of an earlier run, which may still be
    /// ending.
    private func prepare(_ folder: String) async throws(StoreProblem) {
        let isServer: @Sendable (RunningProcess) -> Bool = { $0.name.hasPrefix("mongod") && $0.works(in: folder) }
        let deadline = ContinuousClock.now + Self.longestEnd
        while RunningProcess.all.contains(where: isServer), ContinuousClock.now < deadline {
            guard (try? await Task.sleep(for: .milliseconds(50))) != nil else { break }
        }
        await ProcessSession.end(where: isServer)
        try make(folder)
    }

    private func make(_ folder: String) throws(StoreProblem) {
        do { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) } catch {
            throw .folder(folder, "\(error)")
        }
    }

    /// Makes a folder for a server's files, after ending the servers and removing the files of earlier runs of this
    /// workspace.
    private func emptyFolder(_ name: String) async throws(StoreProblem) -> String {
        let all = place.folder
        await ProcessSession.end { $0.name.hasPrefix("mongod") && $0.works(in: all) }
        try? FileManager.default.removeItem(atPath: all)
        let folder = "\(all)/\(name)"
        try make(folder)
        return folder
    }

    private func start(
        _ command: ServerCommand, _ attempt: DocumentStoreStateMachine.Attempt
    ) async throws(StoreProblem) -> [DocumentStoreStateMachine.Action] {
        let server = GuardedServer(command)
        self.server = server
        defer { self.server = nil }
        let patience = Task {
            try await Task.sleep(for: Self.longestStart)
            await server.stop()
        }
        defer { patience.cancel() }
        let start = ContinuousClock.now
        var log = ServerLog()
        var (isReady, isPortTaken, isSilent) = (false, false, false)
        for await line in server.lines {
            logger.debug("MongoDB's server says", metadata: ["text": "\(line)"])
            guard !isReady else { continue }
            switch log.read(line) {
            case .ready:
                patience.cancel()
                isReady = await greet(attempt)
                isSilent = !isReady
                if isSilent { await server.stop() }
            case .portTaken: isPortTaken = true
            case .other: break
            }
        }
        let end = await server.stop()
        guard !isStopping else { return [] }
        if isReady { return machine.ended(end.text, at: .now) }
        if isPortTaken { return movedPort(from: attempt.port) }
        if isSilent { throw .silent(port: attempt.port) }
        if let problem = log.problem { throw problem }
        if .now - start > Self.longestStart { throw .notReady(within: Self.longestStart, lastWords: log.lastWords) }
        throw .ended(end.text, lastWords: log.lastWords)
    }

    /// Asks a server that reports that it is ready.
    ///
    /// - Returns: whether the server responds.
    private func greet(_ attempt: DocumentStoreStateMachine.Attempt) async -> Bool {
        let uri = "mongodb://127.0.0.1:\(attempt.port)/"
        for _ in 1...Self.greetings where !isStopping {
            guard let client = try? MongoClient(uri: uri), let version = try? await client.serverVersion() else {
                continue
            }
            do throws(StoreProblem) { try kept?.remember(kind: attempt.way.kind) } catch {
                console.warn("the documents may not be found again: \(error.message). \(error.remedy)")
            }
            await welcome(client, uri: uri, version: version, isOurs: true)
            return true
        }
        return false
    }
}
