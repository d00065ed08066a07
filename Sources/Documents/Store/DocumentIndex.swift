/// An index of a collection.
public struct DocumentIndex: Sendable, Hashable {
    /// The fields, the most important first, with 1 (ascending), -1 (descending) or a kind such as `"text"`.
    public var keys: BSONDocument
    /// The name, or nil for a name made from the keys, such as `author_1_createdOn_-1`.
    public var name: String?
    /// Whether no two documents may have the same keys.
    public var isUnique: Bool
    /// Whether the index leaves out documents without the fields.
    public var isSparse: Bool
    /// The age at which documents are deleted, in seconds after the date in the field, or nil to keep them.
    public var expireAfterSeconds: Int?
    /// A filter for the documents in the index, in MongoDB's query language, or nil for all documents.
    public var partialFilter: BSONDocument?
    /// The rules for comparing text, or nil to compare its bytes.
    public var collation: BSONDocument?

    public init(
        _ keys: BSONDocument, name: String? = nil, isUnique: Bool = false, isSparse: Bool = false,
        expireAfterSeconds: Int? = nil, partialFilter: BSONDocument? = nil, collation: BSONDocument? = nil
    ) {
        self.keys = keys
        self.name = name
        self.isUnique = isUnique
        self.isSparse = isSparse
        self.expireAfterSeconds = expireAfterSeconds
        self.partialFilter = partialFilter
        self.collation = collation
    }
}

extension DocumentIndex {
    /// Creates an index from the server's description of it.
    init(_ description: BSONDocument) {
        self.init(
            description["key"]?.document ?? [:], name: description["name"]?.string,
            isUnique: description["unique"]?.bool ?? false, isSparse: description["sparse"]?.bool ?? false,
            expireAfterSeconds: description["expireAfterSeconds"]?.count,
            partialFilter: description["partialFilterExpression"]?.document,
            collation: description["collation"]?.document)
    }

    /// The description of the index in the form that the server's command takes.
    var description: BSONDocument {
        let name = name ?? keys.map { "\($0.key)_\($0.value.string ?? $0.value.description)" }.joined(separator: "_")
        var description: BSONDocument = ["key": .document(keys), "name": .string(name)]
        if isUnique { description["unique"] = true }
        if isSparse { description["sparse"] = true }
        description["expireAfterSeconds"] = expireAfterSeconds.map { BSONValue($0) }
        description["partialFilterExpression"] = partialFilter.map(BSONValue.document)
        description["collation"] = collation.map(BSONValue.document)
        return description
    }
}

extension DocumentStore {
    /// Creates an index, unless it already exists.
    ///
    /// - Returns: the name of the index.
    @discardableResult
    public func createIndex(_ index: DocumentIndex) async throws -> String {
        try await createIndexes([index]).first ?? ""
    }

    /// Creates the indexes that do not exist yet.
    ///
    /// - Parameter indexes: the indexes, at least one.
    /// - Returns: the names of the indexes.
    @discardableResult
    public func createIndexes(_ indexes: [DocumentIndex]) async throws -> [String] {
        let descriptions = indexes.map(\.description)
        let command: BSONDocument = [
            "createIndexes": .string(namespace.collection), "indexes": BSONValue(descriptions),
        ]
        _ = try await run(.change(command), as: "createIndexes")
        return descriptions.map { $0["name"]?.string ?? "" }
    }

    /// Returns the collection's indexes, that of `_id` first, or none if the collection does not exist yet.
    public func listIndexes() async throws -> [DocumentIndex] {
        try await indexDescriptions().map(DocumentIndex.init)
    }

    /// Returns the server's full descriptions of the collection's indexes, in the form of its command to create them.
    package func indexDescriptions() async throws -> [BSONDocument] {
        // A collection has at most 64 indexes, which is fewer than the server sends at a time.
        let command: BSONDocument = ["listIndexes": .string(namespace.collection), "cursor": [:]]
        do {
            let reply = try await run(.read(command), as: "listIndexes")
            return (reply["cursor"]?["firstBatch"]?.array ?? []).compactMap(\.document)
        } catch let error as DocumentStoreError where error.isOfNoCollection {
            return []
        }
    }

    /// Removes an index.
    ///
    /// - Parameter name: the name of the index.
    public func dropIndex(_ name: String) async throws {
        try await dropIndexes(named: name, as: "dropIndex")
    }

    /// Removes all indexes except that of `_id`.
    public func dropIndexes() async throws {
        try await dropIndexes(named: "*", as: "dropIndexes")
    }

    private func dropIndexes(named name: String, as operation: String) async throws {
        let command: BSONDocument = ["dropIndexes": .string(namespace.collection), "index": .string(name)]
        do { _ = try await run(.change(command), as: operation) } catch let error as DocumentStoreError
            where error.isOfNoCollection
        {}
    }
}

extension DocumentStoreError {
    /// Whether the collection does not exist, so that there is nothing to list or remove.
    fileprivate var isOfNoCollection: Bool { codeName == "NamespaceNotFound" }
}
