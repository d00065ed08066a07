/// A collection of MongoDB documents.
///
/// Documents, filters and updates are ``BSONDocument``s, which may be written as literals, or values of any `Encodable` type:
///
/// ```swift
/// try await store.insertOne(Note(text: "Oil changed"))
/// let notes = try await store.find(["author": "usr1"], sort: ["createdOn": -1], limit: 20).all(as: Note.self)
/// ```
///
/// All operations throw ``DocumentStoreError``, and `CancellationError` when the task was cancelled before they began.
public struct DocumentStore: Sendable {
    let connection: any DocumentStoreConnection
    let namespace: DocumentNamespace

    package init(connection: any DocumentStoreConnection, database: String, collection: String) {
        self.connection = connection
        namespace = DocumentNamespace(database: database, collection: collection)
    }

    /// Carries out an operation, and says in its error which it was.
    func perform(_ operation: DocumentOperation) async throws -> BSONDocument {
        do {
            try namespace.check()
            return try await connection.perform(operation, on: namespace)
        } catch let error as DocumentStoreError {
            throw error.of(operation.name, on: namespace.collection)
        }
    }

    /// A value as a document.
    func document(_ value: some Encodable, in operation: String) throws -> BSONDocument {
        do {
            return try BSONEncoder().encode(value)
        } catch EncodingError.invalidValue(_, let context) {
            throw DocumentStoreError(
                .invalidDocument, context.debugDescription, operation: operation, collection: namespace.collection)
        }
    }
}

extension DocumentStoreError {
    /// The error with the operation that it is of.
    func of(_ operation: String, on collection: String) -> DocumentStoreError {
        var error = self
        error.operation = operation
        error.collection = collection
        return error
    }
}
