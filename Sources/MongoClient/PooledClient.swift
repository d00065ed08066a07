import CMongoC
import Documents

/// A client out of a pool, which goes back with this value; until then the pool lives.
@safe struct PooledClient: ~Copyable {
    private let owner: MongoClient
    let client: OpaquePointer

    /// Waits for a client when all are taken, as long as the connection string allows; libmongoc has 100 a pool unless it says otherwise.
    ///
    /// - Throws: ``DocumentStoreError`` of the kind `unavailable` when none came back in time.
    init(of owner: MongoClient) throws(DocumentStoreError) {
        guard let client = unsafe mongoc_client_pool_pop(owner.pool) else {
            throw DocumentStoreError(
                .unavailable, "All connections are in use: each result of find keeps one until it is read to its end",
                remedy: "Read results to their end with all(), or run fewer queries at a time.")
        }
        self.owner = owner
        unsafe self.client = client
    }

    deinit {
        unsafe mongoc_client_pool_push(owner.pool, client)
    }

    /// Runs a command of the server's.
    func command(_ command: BSONDocument, database: String) throws(DocumentStoreError) -> BSONDocument {
        try unsafe command.withPointer { (command) throws(DocumentStoreError) in
            try unsafe run { unsafe mongoc_client_command_simple(client, database, command, nil, $0, $1) }
        }
    }

    /// Carries out an operation.
    func perform(
        _ operation: DocumentOperation, on namespace: DocumentNamespace
    ) throws(DocumentStoreError) -> BSONDocument {
        let collection = unsafe mongoc_client_get_collection(client, namespace.database, namespace.collection)
        defer { unsafe mongoc_collection_destroy(collection) }
        switch operation {
        case .insertOne(let document):
            return try unsafe document.withPointer { (document) throws(DocumentStoreError) in
                try unsafe Self.unchecked.withPointer { (options) throws(DocumentStoreError) in
                    try unsafe run { unsafe mongoc_collection_insert_one(collection, document, options, $0, $1) }
                }
            }
        case .insertMany(let documents, var options):
            options["validate"] = false
            return try unsafe insert(documents, options, into: collection)
        case .updateOne(let filter, let update, let options):
            return try unsafe self.update(filter, update, options) { filter, update, options, reply, error in
                unsafe mongoc_collection_update_one(collection, filter, update, options, reply, error)
            }
        case .updateMany(let filter, let update, let options):
            return try unsafe self.update(filter, update, options) { filter, update, options, reply, error in
                unsafe mongoc_collection_update_many(collection, filter, update, options, reply, error)
            }
        case .deleteOne(let filter):
            return try unsafe filter.withPointer { (filter) throws(DocumentStoreError) in
                try unsafe run { unsafe mongoc_collection_delete_one(collection, filter, nil, $0, $1) }
            }
        case .deleteMany(let filter):
            return try unsafe filter.withPointer { (filter) throws(DocumentStoreError) in
                try unsafe run { unsafe mongoc_collection_delete_many(collection, filter, nil, $0, $1) }
            }
        }
    }

    /// What may be inserted is the server's to say.
    private static let unchecked: BSONDocument = ["validate": false]

    private func insert(
        _ documents: [BSONDocument], _ options: BSONDocument, into collection: OpaquePointer?
    ) throws(DocumentStoreError) -> BSONDocument {
        let copies = try BSONList(documents)
        return try unsafe options.withPointer { (options) throws(DocumentStoreError) in
            try unsafe run { reply, error in
                withExtendedLifetime(copies) {
                    unsafe mongoc_collection_insert_many(
                        collection, copies.pointers, copies.count, options, reply, error)
                }
            }
        }
    }

    private func update(
        _ filter: BSONDocument, _ update: DocumentUpdate, _ options: BSONDocument,
        _ body: (
            _ filter: OpaquePointer, _ update: OpaquePointer, _ options: OpaquePointer, _ reply: OpaquePointer,
            _ error: UnsafeMutablePointer<bson_error_t>
        ) -> Bool
    ) throws(DocumentStoreError) -> BSONDocument {
        let document: BSONDocument =
            switch update {
            case .operators(let operators): operators
            // libmongoc takes a pipeline as a document whose keys are the positions.
            case .pipeline(let stages): BSONDocument(stages.enumerated().map { (String($0), .document($1)) })
            }
        return try unsafe filter.withPointer { (filter) throws(DocumentStoreError) in
            try unsafe document.withPointer { (document) throws(DocumentStoreError) in
                try unsafe options.withPointer { (options) throws(DocumentStoreError) in
                    try unsafe run { unsafe body(filter, document, options, $0, $1) }
                }
            }
        }
    }

    /// Runs a function of libmongoc's and makes an error of what it says when it fails.
    private func run(
        _ body: (_ reply: OpaquePointer, _ error: UnsafeMutablePointer<bson_error_t>) -> Bool
    ) throws(DocumentStoreError) -> BSONDocument {
        let reply = BSONPlace()
        var error = bson_error_t()
        guard unsafe body(reply.pointer, &error) else {
            // What libmongoc says must not be lost because the reply is unreadable too.
            throw DocumentStoreError(error, reply: (try? reply.document()) ?? [:])
        }
        return try reply.document()
    }
}
