/// The documents that a query finds, read from the server in batches as they are asked for.
///
/// ```swift
/// for try await document in store.find(["read": false]) { … }
/// let all = try await store.find().all(as: Note.self)
/// ```
///
/// Each iteration asks the server anew.
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

    /// Asks the server, and reads what it answers.
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
                    // There is nothing more to come, and the server is not asked anew.
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

    /// All of them.
    public func all() async throws -> [Element] {
        var all: [Element] = []
        for try await element in self { all.append(element) }
        return all
    }

    /// The first of them, which is nil when there is none.
    func first(as operation: String) async throws -> Element? {
        var iterator = AsyncIterator(cursor: self, operation: operation)
        return try await iterator.next()
    }
}

extension DocumentCursor<BSONDocument> {
    init(store: DocumentStore, operation: String, query: DocumentQuery) {
        self.init(store, operation, query) { $0 }
    }

    /// The documents decoded, each when it is read.
    ///
    /// - Throws: while it is iterated, `DecodingError` for a document of another shape.
    public func decoded<Value: Decodable & Sendable>(as type: Value.Type) -> DocumentCursor<Value> {
        let decoder = BSONDecoder()
        return DocumentCursor<Value>(store, operation, query) { try decoder.decode(type, from: $0) }
    }

    /// All of them, decoded.
    ///
    /// - Throws: ``DocumentStoreError``; `DecodingError` for a document of another shape.
    public func all<Value: Decodable & Sendable>(as type: Value.Type) async throws -> [Value] {
        try await decoded(as: type).all()
    }
}
