/// The documents that a query finds, read from the server in batches as they are asked for.
///
/// ```swift
/// for try await document in store.find(["read": false]) { … }
/// let all = try await store.find().all(as: Note.self)
/// ```
public struct DocumentCursor<Element: Sendable>: AsyncSequence, Sendable {
    private let store: DocumentStore
    var query: DocumentQuery
    private let transform: @Sendable (BSONDocument) throws -> Element

    init(
        store: DocumentStore, query: DocumentQuery, transform: @escaping @Sendable (BSONDocument) throws -> Element
    ) {
        self.store = store
        self.query = query
        self.transform = transform
    }

    /// Asks the server, and reads what it answers.
    public struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate let cursor: DocumentCursor
        fileprivate let operation: String
        private var open: (any OpenCursor)?
        private var batch: ArraySlice<BSONDocument> = []
        private var isAtEnd = false

        fileprivate init(cursor: DocumentCursor, operation: String) {
            self.cursor = cursor
            self.operation = operation
        }

        public mutating func next() async throws -> Element? {
            if batch.isEmpty, !isAtEnd {
                batch = try await fetch()[...]
                isAtEnd = batch.isEmpty
            }
            return try batch.popFirst().map(cursor.transform)
        }

        private mutating func fetch() async throws -> [BSONDocument] {
            let namespace = cursor.store.namespace
            do {
                if let open { return try await open.next() }
                try namespace.check()
                let opened = try await cursor.store.connection.open(cursor.query, on: namespace)
                open = opened
                return try await opened.next()
            } catch let error as DocumentStoreError {
                throw error.of(operation, on: namespace.collection)
            }
        }
    }

    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(cursor: self, operation: "find") }

    /// All of them.
    public func all() async throws -> [Element] { try await all(operation: "find") }

    func all(operation: String) async throws -> [Element] {
        var all: [Element] = []
        var iterator = AsyncIterator(cursor: self, operation: operation)
        while let element = try await iterator.next() { all.append(element) }
        return all
    }
}

extension DocumentCursor<BSONDocument> {
    /// The documents decoded, each when it is read.
    ///
    /// - Throws: while it is iterated, `DecodingError` for a document of another shape.
    public func decoded<Value: Decodable & Sendable>(as type: Value.Type) -> DocumentCursor<Value> {
        let decoder = BSONDecoder()
        return DocumentCursor<Value>(store: store, query: query) { try decoder.decode(type, from: $0) }
    }

    /// All of them, decoded.
    ///
    /// - Throws: ``DocumentStoreError``; `DecodingError` for a document of another shape.
    public func all<Value: Decodable & Sendable>(as type: Value.Type) async throws -> [Value] {
        try await decoded(as: type).all()
    }
}
