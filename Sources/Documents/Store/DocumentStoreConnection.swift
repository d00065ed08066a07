/// What carries a ``DocumentStore``'s operations to MongoDB.
///
/// A task that is cancelled while it waits gets its `CancellationError` at once. The operation is interrupted on the server; what it wrote
/// until then stays.
package protocol DocumentStoreConnection: Sendable {
    /// Carries out an operation.
    ///
    /// - Returns: the server's reply.
    /// - Throws: ``DocumentStoreError``; `CancellationError`.
    func perform(_ operation: DocumentOperation, on namespace: DocumentNamespace) async throws -> BSONDocument

    /// Starts a query.
    ///
    /// - Throws: ``DocumentStoreError``; `CancellationError`.
    func open(_ query: DocumentQuery, on namespace: DocumentNamespace) async throws -> any OpenCursor
}

/// A query's results, as far as they were not read yet; used by one task at a time.
package protocol OpenCursor: Sendable {
    /// The next documents, and whether they are the last; there may be none.
    ///
    /// - Throws: ``DocumentStoreError``; `CancellationError`.
    func next() async throws -> (documents: [BSONDocument], areLast: Bool)
}

/// Where documents lie.
package struct DocumentNamespace: Sendable, Hashable, CustomStringConvertible {
    package let database: String
    package let collection: String

    package init(database: String, collection: String) {
        self.database = database
        self.collection = collection
    }

    /// As MongoDB writes it, `database.collection`.
    package var description: String { "\(database).\(collection)" }
}

/// A command of the server's for the database of a namespace.
package enum DocumentOperation: Sendable {
    /// One that changes nothing, sent again when the connection breaks.
    case read(BSONDocument)
    /// One that may change something.
    case change(BSONDocument)
}

/// Which documents are wanted; the options are those of the server's command.
package enum DocumentQuery: Sendable {
    case find(filter: BSONDocument, options: BSONDocument)
    case aggregate(pipeline: [BSONDocument], options: BSONDocument)
}
