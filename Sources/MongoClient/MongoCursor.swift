import CMongoC
import Documents
import Synchronization

/// A query's results on the server. The cursor keeps a client from the first documents to the last.
final class MongoCursor: OpenCursor {
    private let client: MongoClient
    private let results: Results
    /// The number of documents that are returned at a time.
    private let handful: Int

    /// The number of documents that the server sends at first, unless the query sets another.
    private static let usualHandful = 101

    /// The remaining results, of which there are none once everything has been read. A thread holds the lock while it
    /// reads.
    private final class Results: Sendable {
        let state: Mutex<State>

        init(_ state: consuming sending State) {
            self.state = Mutex(state)
        }
    }

    private enum State: ~Copyable {
        case unopened(DocumentQuery, DocumentNamespace)
        case open(OpenHandle)
        case over
    }

    /// Creates a cursor. Nothing is sent to the server yet.
    init(client: MongoClient, query: DocumentQuery, namespace: DocumentNamespace) {
        self.client = client
        handful = query.options["batchSize"]?.integer.map { max(1, Int($0)) } ?? Self.usualHandful
        results = Results(.unopened(query, namespace))
    }

    deinit {
        // It takes time to tell the server that the rest is not wanted.
        let results = results
        client.threads.run { results.state.withLock { $0 = .over } }
    }

    func next() async throws -> (documents: [BSONDocument], areLast: Bool) {
        try await client.onThread { [client, results, handful] interruption in
            try results.state.withLock { state in
                let handle: OpenHandle
                switch consume state {
                case .unopened(let query, let namespace):
                    state = .over
                    handle = try OpenHandle(session: ClientSession(of: client), query: query, namespace: namespace)
                case .open(let opened):
                    state = .over
                    handle = opened
                case .over:
                    state = .over
                    return ([], true)
                }
                let next = try handle.next(atMost: handful, interruption)
                if !next.areLast { state = .open(handle) }
                return next
            }
        }
    }
}

extension DocumentQuery {
    fileprivate var options: BSONDocument {
        switch self {
        case .find(_, let options), .aggregate(_, let options): options
        }
    }
}

/// libmongoc's cursor with the client that it belongs to. The server is told when the cursor is destroyed.
@safe private struct OpenHandle: ~Copyable {
    private let session: ClientSession
    private let cursor: OpaquePointer

    init(
        session: consuming ClientSession, query: DocumentQuery, namespace: DocumentNamespace
    ) throws(DocumentStoreError) {
        let collection = unsafe mongoc_client_get_collection(
            session.client.client, namespace.database, namespace.collection)
        defer { unsafe mongoc_collection_destroy(collection) }
        unsafe cursor = try unsafe session.withOptions(query.options) { (options) throws(DocumentStoreError) in
            switch query {
            case .find(let filter, _):
                try unsafe filter.withPointer { (filter) throws(DocumentStoreError) in
                    unsafe mongoc_collection_find_with_opts(collection, filter, options, nil)
                }
            case .aggregate(let pipeline, _):
                try unsafe (["pipeline": BSONValue.array(pipeline.map(BSONValue.document))] as BSONDocument)
                    .withPointer { (pipeline) throws(DocumentStoreError) in
                        unsafe mongoc_collection_aggregate(collection, MONGOC_QUERY_NONE, pipeline, options, nil)
                    }
            }
        }
        self.session = session
    }

    deinit {
        unsafe mongoc_cursor_destroy(cursor)
    }

    /// Returns the next documents.
    ///
    /// - Throws: ``DocumentStoreError``; `CancellationError` when nobody waits any more.
    func next(
        atMost count: Int, _ interruption: Interruption
    ) throws -> (documents: [BSONDocument], areLast: Bool) {
        try session.interruptible(interruption) {
            var documents: [BSONDocument] = []
            var document: OpaquePointer?
            var size = 0
            while documents.count < count, size < Self.mostBytes {
                guard unsafe mongoc_cursor_next(cursor, &document), let document = unsafe document else { break }
                documents.append(try unsafe BSONDocument(copying: document))
                size += unsafe BSONDocument.byteCount(of: document)
            }
            var error = bson_error_t()
            var reply: OpaquePointer?
            if unsafe mongoc_cursor_error_document(cursor, &error, &reply) {
                let answered = unsafe reply.flatMap { unsafe try? BSONDocument(copying: $0) }
                throw DocumentStoreError(error, reply: answered ?? [:], remedy: session.client.owner.remedy)
            }
            return (documents, unsafe !mongoc_cursor_more(cursor))
        }
    }

    /// The number of bytes after which no further documents are returned at a time.
    private static let mostBytes = 4 << 20
}
