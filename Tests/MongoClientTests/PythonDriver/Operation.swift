import Documents
import Values

/// An operation on a collection, the same for MongoDB's driver for Python and for a `DocumentStore`.
struct Operation: Sendable {
    /// The operation as a Python expression; the collection is `c`.
    let python: String
    let swift: @Sendable (DocumentStore) async throws -> BSONValue
    /// The reason why the results differ on purpose; nil when they do not.
    let difference: String?

    init<Result: DriverResult>(
        _ python: String, difference: String? = nil,
        _ swift: @escaping @Sendable (DocumentStore) async throws -> Result
    ) {
        self.python = python
        self.swift = { try await swift($0).comparable }
        self.difference = difference
    }

    init(
        _ python: String, difference: String? = nil,
        _ swift: @escaping @Sendable (DocumentStore) async throws -> DocumentCursor<BSONDocument>
    ) {
        self.init(python, difference: difference) { try await swift($0).all() }
    }
}

/// Operations that run in order on a collection of their own, which does not exist at first.
struct OperationTable: Sendable {
    let collection: String
    let operations: [Operation]

    init(_ collection: String, @Builder _ operations: () -> [Operation]) {
        self.collection = collection
        self.operations = operations()
    }

    /// A builder that lets the compiler check one operation at a time.
    @resultBuilder
    enum Builder {
        static func buildBlock(_ operations: Operation...) -> [Operation] { operations }
    }
}
