import CMongoC
import Documents
import Synchronization

/// A query's results on the server. It keeps its client as long as it lives.
final class MongoCursor: OpenCursor {
    private let client: MongoClient
    private let results: Results
    /// How many documents are handed out at a time.
    private static let handful = 256

    /// What is left of the results, which is nothing once everything was read; a thread holds the lock while it reads.
    private final class Results: Sendable {
        let open: Mutex<OpenHandle?>

        init(_ handle: consuming sending OpenHandle) {
            open = Mutex(consume handle)
        }
    }

    /// Takes a client for the query, which may block; nothing is sent yet.
    init(client: MongoClient, query: DocumentQuery, namespace: DocumentNamespace) throws(DocumentStoreError) {
        self.client = client
        results = Results(try OpenHandle(client: client.borrow(), query: query, namespace: namespace))
    }

    deinit {
        // Telling the server that the rest is not wanted takes its time.
        let results = results
        client.later { results.open.withLock { $0 = nil } }
    }

    func next() async throws -> [BSONDocument] {
        try Task.checkCancellation()
        return try await client.onThread { [results] () throws(DocumentStoreError) in
            try results.open.withLock { handle throws(DocumentStoreError) in
                do throws(DocumentStoreError) {
                    let documents = try handle?.next(atMost: Self.handful) ?? []
                    if documents.count < Self.handful { handle = nil }
                    return documents
                } catch {
                    handle = nil
                    throw error
                }
            }
        }
    }
}

/// libmongoc's cursor with the client that it belongs to; the server is told when it goes.
@safe private struct OpenHandle: ~Copyable {
    private let client: PooledClient
    private let cursor: OpaquePointer

    init(
        client: consuming PooledClient, query: DocumentQuery, namespace: DocumentNamespace
    ) throws(DocumentStoreError) {
        let collection = unsafe mongoc_client_get_collection(
            client.client, namespace.database, namespace.collection)
        defer { unsafe mongoc_collection_destroy(collection) }
        unsafe cursor = try unsafe query.filter.withPointer { (filter) throws(DocumentStoreError) in
            try unsafe query.options.withPointer { (options) throws(DocumentStoreError) in
                unsafe mongoc_collection_find_with_opts(collection, filter, options, nil)
            }
        }
        self.client = client
    }

    deinit {
        unsafe mongoc_cursor_destroy(cursor)
    }

    func next(atMost count: Int) throws(DocumentStoreError) -> [BSONDocument] {
        var documents: [BSONDocument] = []
        var document: OpaquePointer?
        while documents.count < count, unsafe mongoc_cursor_next(cursor, &document) {
            if let document = unsafe document { documents.append(try unsafe BSONDocument(copying: document)) }
        }
        var error = bson_error_t()
        var reply: OpaquePointer?
        if unsafe mongoc_cursor_error_document(cursor, &error, &reply) {
            let answered = unsafe reply.flatMap { unsafe try? BSONDocument(copying: $0) }
            throw DocumentStoreError(error, reply: answered ?? [:])
        }
        return documents
    }
}
