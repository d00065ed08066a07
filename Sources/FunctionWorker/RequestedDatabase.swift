import CloudFunctions
import Logging
import MongoClient
import Synchronization
import SystemSupport
import Values
import WorkerProtocol

/// A database whose address comes with the call, as in production.
final class RequestedDatabase: Sendable {
    /// The address and the credentials of a database. The emulator has checked that they are complete.
    struct Address: Hashable {
        let uri: String
        let credentials: MongoCredentials

        /// Creates an address from a call's `dbConfig`, or nil if there is none.
        init?(_ json: JSONValue?) {
            guard let uri = json?["uri"]?.string, let username = json?["username"]?.string,
                let password = json?["password"]?.string
            else { return nil }
            self.uri = uri
            credentials = MongoCredentials(username: username, password: password)
        }
    }

    private let address: Address
    private let threads: BlockingThreads
    private let made = Mutex<MongoClient?>(nil)

    init(_ address: Address, threads: BlockingThreads) {
        self.address = address
        self.threads = threads
    }

    private func client() throws -> MongoClient {
        if let client = made.withLock({ $0 }) { return client }
        // This is not done under the lock, because a connection string may make the driver look up names.
        let client: MongoClient
        do throws(DocumentStoreError) {
            client = try MongoClient(
                uri: address.uri, credentials: address.credentials,
                remedy:
                    "Look at 'internalConfig.dbConfig' of the request, and at the server there, which must speak TLS.",
                threads: threads, logger: Logger(label: "document-store"))
        } catch {
            let message = ConnectionString.harmless(error.message, about: address.uri)
            throw DocumentStoreError(
                error.kind, message ?? "The connection string cannot be used", remedy: error.remedy)
        }
        return made.withLock { made in
            made = made ?? client
            return made ?? client
        }
    }
}

extension RequestedDatabase: DocumentStoreConnection {
    func perform(_ operation: DocumentOperation, on namespace: DocumentNamespace) async throws -> BSONDocument {
        try await client().perform(operation, on: namespace)
    }

    func open(_ query: DocumentQuery, on namespace: DocumentNamespace) async throws -> any OpenCursor {
        try await client().open(query, on: namespace)
    }
}

/// The databases of the latest calls. Their connections serve further calls.
final class RequestedDatabases: Sendable {
    /// The databases, with that of the last call first.
    private let latest = Mutex<[(address: RequestedDatabase.Address, database: RequestedDatabase)]>([])
    private let threads: BlockingThreads
    private static let kept = 4

    init(threads: BlockingThreads) {
        self.threads = threads
    }

    /// Returns the database at an address. It connects when it is first used.
    func database(at address: RequestedDatabase.Address) -> RequestedDatabase {
        latest.withLock { latest in
            let index = latest.firstIndex { $0.address == address }
            let entry: (address: RequestedDatabase.Address, database: RequestedDatabase) =
                index.map { latest.remove(at: $0) } ?? (address, RequestedDatabase(address, threads: threads))
            latest.insert(entry, at: 0)
            if latest.count > Self.kept { latest.removeLast() }
            return entry.database
        }
    }
}
