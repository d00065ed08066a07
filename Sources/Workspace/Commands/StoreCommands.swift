import Failures
import SystemSupport
import Documents
import FoundationEssentials
import MongoClient
import StoreData
import WorkerProtocol

/// The commands of `workspace store`, which work with the documents of a workspace whose emulator runs.
package struct StoreCommands: Sendable {
    private let workspace: WorkspaceFolder
    private let terminal: Terminal

    init(functions: String?, terminal: Terminal) throws {
        self.terminal = terminal
        let environment = ProcessInfo.processInfo.environment
        let folder = Settings.functionsFolder(
            flags: functions.map { [.functions: $0] } ?? [:], environment: environment,
            currentFolder: FileManager.default.currentDirectoryPath)
        workspace = WorkspaceFolder(
            root: Settings.root(ofFunctions: folder), functionsFolder: folder,
            packageRoot: try WorkspaceFolder.ownPackageRoot(), workerEnvironment: environment, runMark: [:])
    }

    /// Prints the connection string.
    package func uri() async throws {
        terminal.show(try await RunningStore(workspace).find().address.uri)
    }

    /// Writes all documents into a new folder.
    package func export(to folder: String) async throws {
        let store = try await connect()
        let summary = try await untilSignal { try await StoreExport(catalog: store.catalog, folder: folder).run() }
        for view in summary.viewsLeftOut { terminal.warn("\(view) is left out: a view has no documents of its own") }
        terminal.show("Exported \(summary) to \(folder)")
    }

    /// Adds the documents of a folder, either all or none.
    package func `import`(from folder: String) async throws {
        let data = StoreDataFolder(path: folder)
        guard FileStamp.isFolder(folder) else { throw Failure(.cannotRun, "There is no folder \(folder)") }
        guard try !data.collections().isEmpty else {
            throw Failure(
                .cannotRun, "\(folder) holds no documents",
                remedy: "It needs a folder for each company with a file COLLECTION.jsonl in it, as export writes them.")
        }
        let store = try await connect()
        let importing = StoreImport(catalog: store.catalog, folder: data, isOurs: store.address.isOurs)
        let summary = try await untilSignal { try await importing.run(into: .allCollections) }
        try await checkIsTheSame(store)
        terminal.show("Imported \(summary) from \(folder)")
    }

    /// Removes all documents from a server that the emulator has started, and imports `seed/` again.
    package func reset() async throws {
        let store = try await connect()
        guard store.address.isOurs else {
            throw Failure(
                .cannotRun,
                "The server at \(store.address.redactedURI) is not the emulator's own: nothing is removed there",
                remedy: "Remove with its own tools what you want to be rid of.")
        }
        let seed = StoreDataFolder(path: workspace.seedFolder)
        let seeding =
            FileStamp.isFolder(seed.path)
            ? StoreImport(catalog: store.catalog, folder: seed, isOurs: true) : nil
        try seeding?.checkFiles()
        try await checkIsTheSame(store)
        let databases = try await store.catalog.databases()
        for database in databases { try await store.catalog.drop(database) }
        terminal.show("Removed all documents of \(databases.count) \(databases.count == 1 ? "company" : "companies")")
        if let seeding { terminal.show("Imported \(try await seeding.run(into: .emptyCollections)) from seed/") }
    }

    private struct Store {
        let catalog: StoreCatalog
        let address: DocumentStoreState.Address
        let serverID: BSONValue?
    }

    private func connect() async throws -> Store {
        MongoClient.removeSharedMemory()
        let found = try await RunningStore(workspace).find()
        let catalog = StoreCatalog(client: try MongoClient(uri: found.address.uri))
        return Store(catalog: catalog, address: found.address, serverID: found.serverID)
    }

    /// Checks that the server is still the one that the emulator has started.
    private func checkIsTheSame(_ store: Store) async throws {
        guard store.address.isOurs else { return }
        guard let id = store.serverID, try await store.catalog.serverID() == id else {
            throw Failure(
                .cannotRun,
                "The server at \(store.address.redactedURI) is not the one that the emulator told of, "
                    + "or was started anew",
                remedy: "Look at the emulator's console, and try again.")
        }
    }

    /// Runs an operation that undoes its changes when SIGINT or SIGTERM interrupts it.
    private func untilSignal<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws
        -> Value
    {
        let signals = await TerminationSignals.caught()
        let work = Task { try await body() }
        let watch = Task { [terminal] in
            var isFirst = true
            for await _ in signals {
                guard isFirst else { terminal.output.exit(130) }
                isFirst = false
                terminal.warn("interrupted: what was done is taken back; once more to end at once")
                work.cancel()
            }
        }
        defer { watch.cancel() }
        do { return try await work.value } catch is CancellationError {
            throw Failure(.cannotRun, "Interrupted: nothing was changed")
        }
    }
}
