import CMongoC
import Dispatch
package import Documents
import Glibc
package import Logging
import Synchronization

/// Connections to a MongoDB server, shared by everything that uses it.
///
/// Any thread may use libmongoc's pool of clients, but only one thread at a time may use a client. Each operation
/// therefore takes a client and gives it back. libmongoc blocks, so operations run on threads of their own, never on
/// Swift's; see ``BlockingThreads``.
///
/// Source: libmongoc's manual, "Connection Pooling" and `mongoc_client_pool_t`.
@safe package final class MongoClient: Sendable {
    /// The pool of clients, which is thread-safe according to libmongoc. It is destroyed with this object.
    nonisolated(unsafe) let pool: OpaquePointer
    /// The connection string, for separate clients. It is only read, and is destroyed with this object.
    nonisolated(unsafe) private let uri: OpaquePointer
    /// The way to bring the server up, as a sentence.
    let remedy: String
    /// The threads that wait for the server.
    let threads: BlockingThreads
    /// The queue on which operations are interrupted, one after the other.
    private let interruptions = DispatchQueue(label: "MongoClient.interruptions")

    /// The longest time to look for a server, to connect, and to wait for a client, in milliseconds for each, unless
    /// the connection string sets it.
    ///
    /// The driver's own limits, 30 s or none at all, would outlast a caller's patience.
    private static let patienceMilliseconds: Int32 = 2_500

    /// Removes the shared memory that libmongoc created when this process loaded it.
    ///
    /// The memory contains counters for a tool of libmongoc. A process that is killed would leave it behind, so this
    /// must be called at the start of every process that may be killed, whether it has clients or not.
    package static func removeSharedMemory() {
        unsafe _ = shm_unlink("/mongoc-\(getpid())")
    }

    /// Creates a client. It connects with its first operation.
    ///
    /// - Parameters:
    ///   - uri: a MongoDB connection string, as in `mongodb://127.0.0.1:27017/`.
    ///   - credentials: the credentials for connecting over TLS; nil for those of the connection string.
    ///   - remedy: the way to bring the server up, as a sentence.
    ///   - threads: the threads that wait for the server, or nil for threads of its own.
    ///   - logger: the logger for libmongoc's messages, at debug level. All clients of a process share the one given
    ///     last.
    /// - Throws: ``DocumentStoreError`` of the kind `unavailable` for a string that is not a connection string.
    package init(
        uri text: String, credentials: MongoCredentials? = nil,
        remedy: String = "Start the server, and look at the connection string.",
        threads: BlockingThreads? = nil, logger: Logger? = nil
    ) throws(DocumentStoreError) {
        self.remedy = remedy
        self.threads = threads ?? BlockingThreads()
        guard !Self.hasTwoAtSigns(text) else {
            throw DocumentStoreError(
                .unavailable, "The connection string has an @ in user or password",
                remedy: "Write %40 for it, and % codes for other special characters too.")
        }
        MongoLibrary.start(logger: logger)
        var error = bson_error_t()
        guard let uri = unsafe mongoc_uri_new_with_error(text, &error) else {
            throw DocumentStoreError(
                .unavailable, "The connection string cannot be read: \(MongoLibrary.message(of: error))",
                remedy: "Write it as in mongodb://user:password@host:27017/?options, with % for special characters.")
        }
        guard unsafe mongoc_write_concern_is_acknowledged(mongoc_uri_get_write_concern(uri)) else {
            unsafe mongoc_uri_destroy(uri)
            throw DocumentStoreError(
                .unavailable, "The connection string asks for writes that are not acknowledged (w=0)",
                remedy: "Leave w=0 out: operations tell what they did.")
        }
        for option in [
            MONGOC_URI_SERVERSELECTIONTIMEOUTMS, MONGOC_URI_CONNECTTIMEOUTMS, MONGOC_URI_WAITQUEUETIMEOUTMS,
        ]
        where unsafe !mongoc_uri_has_option(uri, option) {
            unsafe mongoc_uri_set_option_as_int32(uri, option, Self.patienceMilliseconds)
        }
        if let credentials {
            unsafe mongoc_uri_set_username(uri, credentials.username)
            unsafe mongoc_uri_set_password(uri, credentials.password)
            unsafe mongoc_uri_set_option_as_bool(uri, MONGOC_URI_TLS, true)
        }
        guard let pool = unsafe mongoc_client_pool_new_with_error(uri, &error) else {
            unsafe mongoc_uri_destroy(uri)
            throw DocumentStoreError(
                .unavailable, "The connection string cannot be used: \(MongoLibrary.message(of: error))")
        }
        unsafe mongoc_client_pool_set_error_api(pool, MONGOC_ERROR_API_VERSION_2)
        unsafe mongoc_client_pool_set_appname(pool, "cloud-functions")
        unsafe self.pool = pool
        unsafe self.uri = uri
    }

    /// Whether libmongoc would take a part of a password for the host, and show it in its errors.
    private static func hasTwoAtSigns(_ uri: String) -> Bool {
        let authority = uri.firstRange(of: "://").map { uri[$0.upperBound...] } ?? uri[...]
        return authority.prefix { $0 != "/" && $0 != "?" }.count { $0 == "@" } > 1
    }

    deinit {
        // It takes time to tell the server that its sessions are over, most of all if the server is gone.
        let pool = unsafe SendablePointer(pool), uri = unsafe SendablePointer(uri)
        threads.run {
            unsafe mongoc_client_pool_destroy(pool.pointer)
            unsafe mongoc_uri_destroy(uri.pointer)
        }
    }

    /// Asks the server for its version, as in `6.0.5`.
    ///
    /// - Throws: ``DocumentStoreError`` when it does not answer within about three seconds; `CancellationError` when
    ///   the task is cancelled.
    package func serverVersion() async throws -> String {
        let admin = DocumentNamespace(database: "admin", collection: "")
        return try await perform(.read(["buildInfo": 1]), on: admin)["version"]?.string ?? "of unknown version"
    }

    // MARK: - Threads

    /// Runs a body that sends requests to the server on a separate thread.
    ///
    /// - Parameter body: a body that is interrupted when the task is cancelled. The task does not wait for that.
    /// - Throws: any error that `body` throws; `CancellationError` when the task is cancelled.
    func onThread<Value: Sendable>(
        _ body: @escaping @Sendable (Interruption) throws -> Value
    ) async throws -> Value {
        let interruption = Interruption()
        let answer = Answer<Value>()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                guard answer.waits(continuation) else { return }
                threads.run { answer.resume(with: Result { try body(interruption) }) }
            }
        } onCancel: {
            answer.resume(with: .failure(CancellationError()))
            interrupt(interruption)
        }
    }

    /// The number of times a server is told to end an operation, because it may be told before it receives the
    /// request.
    private static let mostInterruptions = 20
    private static let interruptionInterval = DispatchTimeInterval.milliseconds(100)

    private func interrupt(
        _ interruption: Interruption, after delay: DispatchTimeInterval = .seconds(0), times: Int = 1
    ) {
        interruptions.asyncAfter(deadline: .now() + delay) { [self] in
            let mayRun = interruption.interrupt { endSession($0) }
            guard mayRun, times < Self.mostInterruptions else { return }
            interrupt(interruption, after: Self.interruptionInterval, times: times + 1)
        }
    }

    /// Ends everything that the server does in a session, with a separate client, because those of the pool may all
    /// be waiting.
    private func endSession(_ session: BSONDocument) {
        var error = bson_error_t()
        guard let client = unsafe mongoc_client_new_from_uri_with_error(uri, &error) else { return }
        defer { unsafe mongoc_client_destroy(client) }
        let command: BSONDocument = ["killSessions": [.document(session)]]
        // A server that cannot be told is not working, or will not be for long.
        try? unsafe command.withPointer { (command) throws(DocumentStoreError) in
            unsafe _ = mongoc_client_command_simple(client, "admin", command, nil, nil, &error)
        }
    }
}

/// One of libmongoc's handles, which is passed to another thread.
@safe private struct SendablePointer: Sendable {
    nonisolated(unsafe) let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) {
        unsafe self.pointer = pointer
    }
}

/// The answer that a task waits for: a thread's result or the task's cancellation.
private final class Answer<Value: Sendable>: Sendable {
    private enum State {
        case idle
        case awaited(CheckedContinuation<Value, any Error>)
        case over
    }

    private let state = Mutex(State.idle)

    /// Makes the task wait from now on.
    ///
    /// - Returns: false when the task was cancelled before and no longer waits.
    func waits(_ continuation: CheckedContinuation<Value, any Error>) -> Bool {
        let isOver = state.withLock { state in
            if case .over = state { return true }
            state = .awaited(continuation)
            return false
        }
        if isOver { continuation.resume(throwing: CancellationError()) }
        return !isOver
    }

    /// Answers the task if it is still waiting.
    func resume(with result: Result<Value, any Error>) {
        let continuation = state.withLock { state -> CheckedContinuation<Value, any Error>? in
            defer { state = .over }
            if case .awaited(let continuation) = state { return continuation } else { return nil }
        }
        continuation?.resume(with: result)
    }
}

extension MongoClient: DocumentStoreConnection {
    package func perform(_ operation: DocumentOperation, on namespace: DocumentNamespace) async throws -> BSONDocument {
        try await onThread { [self] interruption in
            try ClientSession(of: self).perform(operation, on: namespace, interruption)
        }
    }

    package func open(_ query: DocumentQuery, on namespace: DocumentNamespace) async throws -> any OpenCursor {
        MongoCursor(client: self, query: query, namespace: namespace)
    }
}
