package import Documents
package import MongoClient

/// The contents of a server: its databases, without MongoDB's own, and their collections.
package struct StoreCatalog: Sendable {
    let client: MongoClient

    package init(client: MongoClient) {
        self.client = client
    }

    /// A collection as the server describes it.
    struct Collection: Sendable {
        let namespace: DocumentNamespace
        /// The kind of the collection: `collection`, `timeseries` or `view`.
        let kind: String
        /// The options, as the command `create` takes them.
        let options: BSONDocument
    }

    /// Returns an identifier that no other server process has, or nil if the server reports none.
    package func serverID() async throws -> BSONValue? {
        try await run(["hello": 1], in: "admin")["topologyVersion"]?["processId"]
    }

    /// Returns the names of the databases, sorted.
    package func databases() async throws -> [String] {
        let reply = try await run(["listDatabases": 1, "nameOnly": true], in: "admin")
        let names = (reply["databases"]?.array ?? []).compactMap { $0["name"]?.string }
        return names.filter { !["admin", "config", "local"].contains($0) }.sorted()
    }

    /// Returns a database's collections, sorted by name, without those that MongoDB keeps for itself.
    func collections(of database: String) async throws -> [Collection] {
        // One batch is read. It could not hold the descriptions of a million collections, but no server has that many.
        let reply = try await run(["listCollections": 1, "cursor": ["batchSize": 1_000_000]], in: database)
        return (reply["cursor"]?["firstBatch"]?.array ?? []).compactMap { description in
            guard let name = description["name"]?.string, !name.hasPrefix("system.") else { return nil }
            return Collection(
                namespace: DocumentNamespace(database: database, collection: name),
                kind: description["type"]?.string ?? "collection", options: description["options"]?.document ?? [:])
        }.sorted { $0.namespace.collection < $1.namespace.collection }
    }

    /// Removes a database and everything in it.
    package func drop(_ database: String) async throws {
        _ = try await change(["dropDatabase": 1], in: database)
    }

    /// Returns the store of the collection's documents.
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
