import CMongoC
import Documents

/// A client out of a pool, which goes back with this value; until then the pool lives.
@safe struct PooledClient: ~Copyable {
    let owner: MongoClient
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

    /// Runs a function of libmongoc's and makes an error of what it says when it fails.
    func run(
        _ body: (_ reply: OpaquePointer, _ error: UnsafeMutablePointer<bson_error_t>) -> Bool
    ) throws(DocumentStoreError) -> BSONDocument {
        let reply = BSONPlace()
        var error = bson_error_t()
        guard unsafe body(reply.pointer, &error) else {
            // What libmongoc says must not be lost because the reply is unreadable too.
            throw DocumentStoreError(error, reply: (try? reply.document()) ?? [:], remedy: owner.remedy)
        }
        return try reply.document()
    }
}
