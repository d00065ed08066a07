import CMongoC
import Documents

/// A client from a pool, which is given back when this value is destroyed. Until then, the pool is kept alive.
@safe struct PooledClient: ~Copyable {
    let owner: MongoClient
    let client: OpaquePointer

    /// Takes a client from the pool.
    ///
    /// If all clients are taken, this waits for one as long as the connection string allows. libmongoc has 100
    /// clients per pool, unless the connection string sets another number.
    ///
    /// - Throws: ``DocumentStoreError`` of the kind `unavailable` when no client came back in time.
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

    /// Runs a function of libmongoc, and throws an error made from its report when it fails.
    func run(
        _ body: (_ reply: OpaquePointer, _ error: UnsafeMutablePointer<bson_error_t>) -> Bool
    ) throws(DocumentStoreError) -> BSONDocument {
        let reply = BSONPlace()
        var error = bson_error_t()
        guard unsafe body(reply.pointer, &error) else {
            // libmongoc's error must not be lost if the reply cannot be read either.
            throw DocumentStoreError(error, reply: (try? reply.document()) ?? [:], remedy: owner.remedy)
        }
        return try reply.document()
    }
}
