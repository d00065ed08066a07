import CMongoC
import Dispatch
package import Documents
import Glibc
package import Logging

/// Connections to a MongoDB server, shared by all that use it.
///
/// libmongoc's pool of clients may be used by any thread, a client only by one at a time; so each operation takes a client and gives it
/// back. libmongoc blocks, so operations run on threads of Dispatch's, never on Swift's own.
///
/// Source: libmongoc's manual, "Connection Pooling" and `mongoc_client_pool_t`.
@safe package final class MongoClient: Sendable {
    /// Thread-safe by libmongoc's word; destroyed with this object.
    nonisolated(unsafe) let pool: OpaquePointer
    private let threads = DispatchQueue(label: "MongoClient", attributes: .concurrent)

    /// How long to look for a server, to connect, and to wait for a client, each in milliseconds, unless the connection string says
    /// otherwise; the driver's own 30 s, and for ever, would outlast a caller's patience.
    private static let patienceMilliseconds: Int32 = 3_000

    /// Removes what libmongoc has made when this process loaded it: shared memory with counters, for a tool of its own. A process that is
    /// killed would leave it behind.
    ///
    /// To be called at the start of every process that may be killed, whether it has clients or not.
    package static func removeSharedMemory() {
        unsafe _ = shm_unlink("/mongoc-\(getpid())")
    }

    /// Prepares connections; none is made before the first operation.
    ///
    /// - Parameters:
    ///   - uri: a MongoDB connection string, as in `mongodb://127.0.0.1:27017/`.
    ///   - logger: gets what libmongoc logs, at debug level. All clients of a process share one, the latest given.
    /// - Throws: ``DocumentStoreError`` of the kind `unavailable` for a string that is no connection string.
    package init(uri text: String, logger: Logger? = nil) throws(DocumentStoreError) {
        MongoLibrary.start(logger: logger)
        var error = bson_error_t()
        guard let uri = unsafe mongoc_uri_new_with_error(text, &error) else {
            throw DocumentStoreError(
                .unavailable, "The connection string cannot be read: \(MongoLibrary.message(of: error))",
                remedy: "Write it as in mongodb://user:password@host:27017/?options, with % for special characters.")
        }
        defer { unsafe mongoc_uri_destroy(uri) }
        for option in [
            MONGOC_URI_SERVERSELECTIONTIMEOUTMS, MONGOC_URI_CONNECTTIMEOUTMS, MONGOC_URI_WAITQUEUETIMEOUTMS,
        ]
        where unsafe !mongoc_uri_has_option(uri, option) {
            unsafe mongoc_uri_set_option_as_int32(uri, option, Self.patienceMilliseconds)
        }
        guard let pool = unsafe mongoc_client_pool_new_with_error(uri, &error) else {
            throw DocumentStoreError(
                .unavailable, "The connection string cannot be used: \(MongoLibrary.message(of: error))")
        }
        unsafe mongoc_client_pool_set_error_api(pool, MONGOC_ERROR_API_VERSION_2)
        unsafe mongoc_client_pool_set_appname(pool, "cloud-functions")
        unsafe self.pool = pool
    }

    deinit {
        unsafe mongoc_client_pool_destroy(pool)
    }

    /// The server's version, as in `6.0.5`; asks the server.
    ///
    /// - Throws: ``DocumentStoreError``, when it does not answer within about three seconds.
    package func serverVersion() async throws(DocumentStoreError) -> String {
        try await onThread { [self] () throws(DocumentStoreError) in
            let reply = try borrow().command(["buildInfo": 1], database: "admin")
            return reply["version"]?.text ?? "of unknown version"
        }
    }

    /// Takes a client; may block.
    func borrow() throws(DocumentStoreError) -> PooledClient { try PooledClient(of: self) }

    /// Runs what blocks on a thread of its own; nothing waits for it.
    func later(_ body: @escaping @Sendable () -> Void) {
        threads.async(execute: body)
    }

    /// Runs what blocks on a thread of its own.
    func onThread<Value: Sendable>(
        _ body: @escaping @Sendable () throws(DocumentStoreError) -> Value
    ) async throws(DocumentStoreError) -> Value {
        let result = await withCheckedContinuation { continuation in
            threads.async { continuation.resume(returning: Result(catching: body)) }
        }
        return try result.get()
    }
}

extension MongoClient: DocumentStoreConnection {
    package func perform(_ operation: DocumentOperation, on namespace: DocumentNamespace) async throws -> BSONDocument {
        try Task.checkCancellation()
        return try await onThread { [self] () throws(DocumentStoreError) in
            try borrow().perform(operation, on: namespace)
        }
    }

    package func open(_ query: DocumentQuery, on namespace: DocumentNamespace) async throws -> any OpenCursor {
        try Task.checkCancellation()
        return try await onThread { [self] () throws(DocumentStoreError) in
            try MongoCursor(client: self, query: query, namespace: namespace)
        }
    }
}

extension BSONValue {
    fileprivate var text: String? {
        if case .string(let text) = self { text } else { nil }
    }
}
