/// The documents that a query finds, which are read from the server in batches as they are needed.
///
/// ```swift
/// for try await document in store.find(["read": false]) { … }
/// let all = try await store.find().all(as: Note.self)
/// ```
///
/// Each iteration queries the server again.
public struct DocumentCursor<Element: Sendable>: AsyncSequence, Sendable {
    private let store: DocumentStore
    private let operation: String
    private let query: DocumentQuery
    private let transform: @Sendable (BSONDocument) throws -> Element

    fileprivate init(
        _ store: DocumentStore, _ operation: String, _ query: DocumentQuery,
        _ transform: @escaping @Sendable (BSONDocument) throws -> Element
    ) {
        self.store = store
        self.operation = operation
        self.query = query
        self.transform = transform
    }

    /// An iterator that queries the server and reads its replies.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private let cursor: DocumentCursor
        private let operation: String
        private var open: (any OpenCursor)?
        private var batch: ArraySlice<BSONDocument> = []
        private var isAtEnd = false

        fileprivate init(cursor: DocumentCursor, operation: String) {
            self.cursor = cursor
            self.operation = operation
        }

        public mutating func next() async throws -> Element? { try await next(isolation: nil) }

        public mutating func next(isolation actor: isolated (any Actor)?) async throws -> Element? {
            while batch.isEmpty, !isAtEnd {
                do { try await fetch() } catch {
                    // Nothing more will come, and the server must not be queried again.
                    isAtEnd = true
                    throw error
                }
            }
            return try batch.popFirst().map(cursor.transform)
        }

        private mutating func fetch() async throws {
            let store = cursor.store, query = cursor.query, before = open
            let (opened, next) = try await store.inOperation(operation) {
                let opened: any OpenCursor
                if let before {
                    opened = before
                } else {
                    opened = try await store.connection.open(query, on: store.namespace)
                }
                return (opened, try await opened.next())
            }
            batch = next.documents[...]
            isAtEnd = next.areLast
            open = isAtEnd ? nil : opened
        }
    }

    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(cursor: self, operation: operation) }

    /// Returns all results.
    public func all() async throws -> [Element] {
        var all: [Element] = []
        for try await element in self { all.append(element) }
        return all
    }

    /// Returns the first result, or nil if there is none.
    func first(as operation: String) async throws -> Element? {
        var iterator = AsyncIterator(cursor: self, operation: operation)
        return try await iterator.next()
    }
}

extension DocumentCursor<BSONDocument> {
    init(store: DocumentStore, operation: String, query: DocumentQuery) {
        self.init(store, operation, query) { $0 }
    }

    /// Decodes the documents, each one when it is read.
    ///
    /// - Throws: `DecodingError` during iteration, for a document of a different shape.
    public func decoded<Value: Decodable & Sendable>(as type: Value.Type) -> DocumentCursor<Value> {
        let decoder = BSONDecoder()
        return DocumentCursor<Value>(store, operation, query) { try decoder.decode(type, from: $0) }
    }

    /// Returns all results, decoded.
    ///
    /// - Throws: ``DocumentStoreError``, or `DecodingError` for a document of a different shape.
    public func all<Value: Decodable & Sendable>(as type: Value.Type) async throws -> [Value] {
        try await decoded(as: type).all()
    }
}
