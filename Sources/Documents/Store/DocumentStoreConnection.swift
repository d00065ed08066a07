/// What carries a ``DocumentStore``'s operations to MongoDB.
package protocol DocumentStoreConnection: Sendable {
    /// Carries out an operation.
    ///
    /// - Returns: the driver's reply.
    /// - Throws: ``DocumentStoreError``; `CancellationError` when the task was cancelled before.
    func perform(_ operation: DocumentOperation, on namespace: DocumentNamespace) async throws -> BSONDocument

    /// Starts a query.
    ///
    /// - Throws: ``DocumentStoreError``; `CancellationError` when the task was cancelled before.
    func open(_ query: DocumentQuery, on namespace: DocumentNamespace) async throws -> any OpenCursor
}

/// A query's results, as far as they were not read yet; used by one task at a time.
package protocol OpenCursor: Sendable {
    /// The next documents; none at the end.
    ///
    /// - Throws: ``DocumentStoreError``; `CancellationError` when the task was cancelled before.
    func next() async throws -> [BSONDocument]
}

/// Where documents lie.
package struct DocumentNamespace: Sendable, Hashable {
    package let database: String
    package let collection: String
}

/// What is done with documents.
package enum DocumentOperation: Sendable {
    case insertOne(BSONDocument)
    case insertMany([BSONDocument], options: BSONDocument)
    case updateOne(filter: BSONDocument, update: DocumentUpdate, options: BSONDocument)
    case updateMany(filter: BSONDocument, update: DocumentUpdate, options: BSONDocument)
    case deleteOne(filter: BSONDocument)
    case deleteMany(filter: BSONDocument)

    /// The name that it has in the API.
    package var name: String {
        switch self {
        case .insertOne: "insertOne"
        case .insertMany: "insertMany"
        case .updateOne: "updateOne"
        case .updateMany: "updateMany"
        case .deleteOne: "deleteOne"
        case .deleteMany: "deleteMany"
        }
    }
}

/// How documents are changed: by update operators, or by the stages of an aggregation pipeline.
package enum DocumentUpdate: Sendable {
    case operators(BSONDocument)
    case pipeline([BSONDocument])
}

/// Which documents are wanted.
package struct DocumentQuery: Sendable {
    package var filter: BSONDocument
    /// As the server's `find` command takes them: `sort`, `skip`, `limit`, `projection`, `batchSize`.
    package var options: BSONDocument
}
