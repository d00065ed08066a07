import Documents
import Logging
import MongoClient
import StoreData
import StoreServer
import Synchronization
import SystemSupport
import WorkerProtocol

/// The service that runs the workspace's document store, fills it from `seed/`, and reports its address.
///
/// It starts with the emulator, while the functions build. Only operations on documents wait for it.
struct DocumentStoreService: Service {
    private let server: DocumentStoreServer
    private let record: RunningStore

    /// - Parameter report: a closure that receives each change of the store's state, in order.
    init(
        settings: Settings, workspace: WorkspaceFolder, terminal: Terminal, logger: Logger,
        report: @escaping @Sendable (DocumentStoreState) async -> Void
    ) {
        let record = RunningStore(workspace), seed = StoreDataFolder(path: workspace.seedFolder)
        self.record = record
        let serverID = ServerID()
        let events = DocumentStoreServer.Events { client, isOurs in
            await Self.fill(StoreCatalog(client: client), from: seed, isOurs: isOurs, terminal)
            await serverID.read(from: StoreCatalog(client: client))
        } onChange: { state in
            record.write(state, serverID: serverID.value)
            await report(state)
        }
        server = DocumentStoreServer(
            settings.documentStore, port: settings.documentDBPort, keepsData: settings.keepsData,
            in: workspace.storePlace, console: terminal, logger: logger, events: events)
    }

    func run(until stop: OneTimeEvent) async {
        await server.run { await stop.wait() }
        record.remove()
    }

    /// Imports the documents of `seed/` into collections that are empty.
    private static func fill(
        _ catalog: StoreCatalog, from seed: StoreDataFolder, isOurs: Bool, _ terminal: Terminal
    ) async {
        guard FileStamp.isFolder(seed.path) else { return }
        do {
            let imported = try await StoreImport(catalog: catalog, folder: seed, isOurs: isOurs)
                .run(into: .emptyCollections)
            if imported.collections > 0 { terminal.show("Imported \(imported) from seed/") }
        } catch {
            terminal.warn("seed/ is not imported: \(error)")
        }
    }
}

extension Terminal: StoreConsole {}

/// The identifier of the server that responded last; see ``StoreCatalog/serverID()``.
private final class ServerID: Sendable {
    private let stored = Mutex<BSONValue?>(nil)

    var value: BSONValue? { stored.withLock { $0 } }

    func read(from catalog: StoreCatalog) async {
        let id = try? await catalog.serverID()
        stored.withLock { $0 = id }
    }
}
