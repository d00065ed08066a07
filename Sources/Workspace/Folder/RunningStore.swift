import Documents
import Failures
import FoundationEssentials
import Glibc
import MongoClient
import Values
import WorkerProtocol

/// The file in which a workspace's emulator records the address of its document store.
///
/// Only its user may read the file, because a connection string may hold a password.
struct RunningStore {
    private let workspace: WorkspaceFolder

    init(_ workspace: WorkspaceFolder) {
        self.workspace = workspace
    }

    /// A store that responds.
    struct Found {
        let address: DocumentStoreState.Address
        /// An identifier that no other server process has; see ``StoreCatalog/serverID()``.
        let serverID: BSONValue?
    }

    /// Records the current state of the store. If that fails, only the commands of `workspace store` are affected.
    func write(_ state: DocumentStoreState, serverID: BSONValue?) {
        var json = state.json
        json["server"] = serverID?.extendedJSON
        // With this value, the guard of a run that was killed recognizes its own file.
        json["run"] = .string(LeftoverGuard.text(workspace.runMark))
        guard let text = try? JSONValue.object(json).jsonString() else { return }
        let path = workspace.documentStateFile, aside = path + ".new"
        unsafe _ = unlink(aside)
        let descriptor = unsafe open(aside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return }
        let bytes = Array(text.utf8)
        let isWritten = unsafe Glibc.write(descriptor, bytes, bytes.count) == bytes.count
        close(descriptor)
        if isWritten { unsafe _ = rename(aside, path) } else { unsafe _ = unlink(aside) }
    }

    func remove() {
        unsafe _ = unlink(workspace.documentStateFile)
    }

    /// Waits while the store starts, and returns its address.
    ///
    /// - Throws: ``Failure`` if no emulator is running, or if it has no store.
    func find() async throws -> Found {
        let deadline = ContinuousClock.now + .seconds(60)
        while true {
            guard WorkspaceLock.isHeld(file: workspace.lockFile) else {
                throw Failure(
                    .cannotRun, "No emulator runs the workspace \(workspace.root)",
                    remedy: "Start it with make run, or name the functions' folder of another with --functions PATH.")
            }
            let json = json
            switch json.flatMap(DocumentStoreState.init(json:)) {
            case .ready(let address):
                return Found(address: address, serverID: json?["server"].flatMap { try? BSONValue(extendedJSON: $0) })
            case .unavailable(let failure): throw Failure(.cannotRun, failure.message, remedy: failure.remedy)
            case .byRequest:
                throw Failure(
                    .cannotRun, "The emulator runs in production mode: documents are where requests say",
                    remedy: "Use the tools of that MongoDB server.")
            case .starting, nil: break
            }
            guard ContinuousClock.now < deadline else {
                throw Failure(.cannotRun, "The document store is still starting", remedy: "See the emulator's console.")
            }
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    private var json: JSONObject? {
        FileManager.default.contents(atPath: workspace.documentStateFile)
            .flatMap { try? JSONValue(parsing: Array($0)).object }
    }
}
