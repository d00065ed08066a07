/// A collection of MongoDB documents.
///
/// Documents, filters and updates are ``BSONDocument``s, which may be written as literals. Documents and filters may
/// also be values of any `Encodable` type:
///
/// ```swift
/// try await store.insertOne(Note(text: "Oil changed"))
/// let notes = try await store.find(["author": "usr1"], sort: ["createdOn": -1], limit: 20).all(as: Note.self)
/// ```
///
/// All operations throw ``DocumentStoreError``. If the task is cancelled, they throw `CancellationError` at once, and
/// MongoDB is told to stop. Anything that it has written by then stays.
public struct DocumentStore: Sendable {
    let connection: any DocumentStoreConnection
    let namespace: DocumentNamespace

    package init(connection: any DocumentStoreConnection, database: String, collection: String) {
        self.connection = connection
        namespace = DocumentNamespace(database: database, collection: collection)
    }

    /// Runs the body of an operation, and adds the operation's name to its error.
    func inOperation<Value>(_ operation: String, _ body: () async throws -> Value) async throws -> Value {
        do {
            try namespace.check()
            return try await body()
        } catch let error as DocumentStoreError {
            throw error.of(operation, on: namespace.collection)
        }
    }

    /// Runs a server command.
    func run(_ command: DocumentOperation, as operation: String) async throws -> BSONDocument {
        try await inOperation(operation) { try await connection.perform(command, on: namespace) }
    }

    /// Encodes a value as a document.
    func document(_ value: some Encodable, in operation: String) throws -> BSONDocument {
        do {
            return try BSONDocument(encoding: value)
        } catch let error as DocumentStoreError {
            throw error.of(operation, on: namespace.collection)
        }
    }
}

extension DocumentStoreError {
    /// Returns the error with the operation and the collection that it belongs to.
    func of(_ operation: String, on collection: String) -> DocumentStoreError {
        var error = self
        error.operation = operation
        error.collection = collection
        return error
    }
}
