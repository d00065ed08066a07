import Documents
import MongoClient

/// What a server holds: its databases but MongoDB's own, and their collections.
struct StoreCatalog: Sendable {
    let client: MongoClient

    /// A collection as the server describes it.
    struct Collection: Sendable {
        let namespace: DocumentNamespace
        /// `collection`, `timeseries` or `view`.
        let kind: String
        /// As the command `create` takes them.
        let options: BSONDocument
    }

    /// What no other server process has; nil at a server that tells none.
    func serverID() async throws -> BSONValue? {
        try await run(["hello": 1], in: "admin")["topologyVersion"]?["processId"]
    }

    /// The names of the databases, sorted.
    func databases() async throws -> [String] {
        let reply = try await run(["listDatabases": 1, "nameOnly": true], in: "admin")
        let names = (reply["databases"]?.array ?? []).compactMap { $0["name"]?.string }
        return names.filter { !["admin", "config", "local"].contains($0) }.sorted()
    }

    /// A database's collections, sorted by name, without those that MongoDB keeps for itself.
    func collections(of database: String) async throws -> [Collection] {
        // In one batch: the descriptions of a million collections would not fit, but no server has that many.
        let reply = try await run(["listCollections": 1, "cursor": ["batchSize": 1_000_000]], in: database)
        return (reply["cursor"]?["firstBatch"]?.array ?? []).compactMap { description in
            guard let name = description["name"]?.string, !name.hasPrefix("system.") else { return nil }
            return Collection(
                namespace: DocumentNamespace(database: database, collection: name),
                kind: description["type"]?.string ?? "collection", options: description["options"]?.document ?? [:])
        }.sorted { $0.namespace.collection < $1.namespace.collection }
    }

    /// Removes a database with all that it holds.
    func drop(_ database: String) async throws {
        _ = try await change(["dropDatabase": 1], in: database)
    }

    /// The collection's documents.
    func store(_ namespace: DocumentNamespace) -> DocumentStore {
        DocumentStore(connection: client, database: namespace.database, collection: namespace.collection)
    }

    /// Runs a command that changes nothing.
    func run(_ command: BSONDocument, in database: String) async throws -> BSONDocument {
        try await client.perform(.read(command), on: DocumentNamespace(database: database, collection: ""))
    }

    /// Runs a command that changes something.
    func change(_ command: BSONDocument, in database: String) async throws -> BSONDocument {
        try await client.perform(.change(command), on: DocumentNamespace(database: database, collection: ""))
    }
}
