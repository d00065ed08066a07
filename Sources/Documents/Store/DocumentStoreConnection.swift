/// A connection that carries a ``DocumentStore``'s operations to MongoDB.
///
/// If a task is cancelled while it waits, it gets a `CancellationError` at once. The operation is interrupted on the
/// server, and anything that it has written by then stays.
package protocol DocumentStoreConnection: Sendable {
    /// Performs an operation.
    ///
    /// - Returns: the server's reply.
    /// - Throws: ``DocumentStoreError`` or `CancellationError`.
    func perform(_ operation: DocumentOperation, on namespace: DocumentNamespace) async throws -> BSONDocument

    /// Starts a query.
    ///
    /// - Throws: ``DocumentStoreError`` or `CancellationError`.
    func open(_ query: DocumentQuery, on namespace: DocumentNamespace) async throws -> any OpenCursor
}

/// The results of a query that have not been read yet. Only one task may use them at a time.
package protocol OpenCursor: Sendable {
    /// Returns the next documents, of which there may be none, and whether they are the last.
    ///
    /// - Throws: ``DocumentStoreError`` or `CancellationError`.
    func next() async throws -> (documents: [BSONDocument], areLast: Bool)
}

/// The database and the collection of documents.
package struct DocumentNamespace: Sendable, Hashable, CustomStringConvertible {
    package let database: String
    package let collection: String

    package init(database: String, collection: String) {
        self.database = database
        self.collection = collection
    }

    /// The name as MongoDB writes it, `database.collection`.
    package var description: String { "\(database).\(collection)" }
}

/// A server command for the database of a namespace.
package enum DocumentOperation: Sendable {
    /// A command that changes nothing, and which is sent again if the connection breaks.
    case read(BSONDocument)
    /// A command that may change something.
    case change(BSONDocument)
}

/// A query for documents. Its options are those of the server's command.
package enum DocumentQuery: Sendable {
    case find(filter: BSONDocument, options: BSONDocument)
    case aggregate(pipeline: [BSONDocument], options: BSONDocument)
}
