import CMongoC
import Documents

/// A client with a session on the server, for one operation at a time. Both are given back when this value is
/// destroyed.
///
/// Source: libmongoc's manual, `mongoc_client_session_t`.
@safe struct ClientSession: ~Copyable {
    let client: PooledClient
    private let session: OpaquePointer

    /// Creates a session with a client from the pool.
    ///
    /// This may block. The server is asked whether it has sessions, unless that is known.
    ///
    /// - Throws: ``DocumentStoreError`` of the kind `unavailable`.
    init(of owner: MongoClient) throws(DocumentStoreError) {
        let client = try PooledClient(of: owner)
        var error = bson_error_t()
        let options = unsafe mongoc_session_opts_new()
        defer { unsafe mongoc_session_opts_destroy(options) }
        // Operations of different sessions have no order in any case. Causal consistency would only make messages
        // longer.
        unsafe mongoc_session_opts_set_causal_consistency(options, false)
        guard let session = unsafe mongoc_client_start_session(client.client, options, &error) else {
            throw DocumentStoreError(error, reply: [:], remedy: owner.remedy)
        }
        unsafe self.session = session
        self.client = client
    }

    deinit {
        unsafe mongoc_client_session_destroy(session)
    }

    /// Runs a body that sends a request to the server, unless nobody waits for it any more.
    ///
    /// - Throws: any error that `body` throws; `CancellationError` when nobody waits.
    func interruptible<Value>(_ interruption: Interruption, _ body: () throws -> Value) throws -> Value {
        let identity = try unsafe BSONDocument(copying: mongoc_client_session_get_lsid(session))
        guard interruption.begin(in: identity) else { throw CancellationError() }
        defer { interruption.end() }
        return try body()
    }

    /// Lends the options of an operation in this session to a function of libmongoc.
    func withOptions<Value>(
        _ options: BSONDocument, _ body: (OpaquePointer) throws(DocumentStoreError) -> Value
    ) throws(DocumentStoreError) -> Value {
        let place = BSONPlace()
        if !options.isEmpty {
            try unsafe options.withPointer { (options) throws(DocumentStoreError) in
                unsafe _ = bson_concat(place.pointer, options)
            }
        }
        var error = bson_error_t()
        guard unsafe mongoc_client_session_append(session, place.pointer, &error) else {
            throw DocumentStoreError(error, reply: [:], remedy: client.owner.remedy)
        }
        return try unsafe body(place.pointer)
    }

    /// Carries out an operation.
    ///
    /// - Throws: ``DocumentStoreError``; `CancellationError` when nobody waits for it any more.
    func perform(
        _ operation: DocumentOperation, on namespace: DocumentNamespace, _ interruption: Interruption
    ) throws -> BSONDocument {
        try interruptible(interruption) {
            switch operation {
            case .read(let command):
                try unsafe run(command) { command, options, reply, error in
                    unsafe mongoc_client_read_command_with_opts(
                        client.client, namespace.database, command, nil, options, reply, error)
                }
            case .change(let command):
                try unsafe run(command) { command, options, reply, error in
                    unsafe mongoc_client_write_command_with_opts(
                        client.client, namespace.database, command, options, reply, error)
                }
            }
        }
    }

    private func run(
        _ command: BSONDocument,
        _ body: (
            _ command: OpaquePointer, _ options: OpaquePointer, _ reply: OpaquePointer,
            _ error: UnsafeMutablePointer<bson_error_t>
        ) -> Bool
    ) throws(DocumentStoreError) -> BSONDocument {
        try unsafe command.withPointer { (command) throws(DocumentStoreError) in
            try unsafe withOptions([:]) { (options) throws(DocumentStoreError) in
                try unsafe client.run { unsafe body(command, options, $0, $1) }
            }
        }
    }
}
