/// An index of a collection.
public struct DocumentIndex: Sendable, Hashable {
    /// The fields, the most important first, with 1 (ascending), -1, or a kind such as `"text"`.
    public var keys: BSONDocument
    /// Its name; nil for one made of the keys, as in `author_1_createdOn_-1`.
    public var name: String?
    /// Whether no two documents may have the same keys.
    public var isUnique: Bool
    /// Whether documents without the fields are left out.
    public var isSparse: Bool
    /// When documents are deleted, in seconds after the date in the field; nil for never.
    public var expireAfterSeconds: Int?
    /// Which documents are in it, in MongoDB's query language; nil for all.
    public var partialFilter: BSONDocument?
    /// How text is compared; nil for by its bytes.
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
    /// Reads the server's description.
    init(_ description: BSONDocument) {
        self.init(
            description["key"]?.document ?? [:], name: description["name"]?.string,
            isUnique: description["unique"]?.bool ?? false, isSparse: description["sparse"]?.bool ?? false,
            expireAfterSeconds: description["expireAfterSeconds"]?.count,
            partialFilter: description["partialFilterExpression"]?.document,
            collation: description["collation"]?.document)
    }

    /// As the server's command takes it.
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
    /// Makes an index, unless it is there.
    ///
    /// - Returns: its name.
    @discardableResult
    public func createIndex(_ index: DocumentIndex) async throws -> String {
        try await createIndexes([index]).first ?? ""
    }

    /// Makes indexes, as far as they are not there.
    ///
    /// - Parameter indexes: at least one.
    /// - Returns: their names.
    @discardableResult
    public func createIndexes(_ indexes: [DocumentIndex]) async throws -> [String] {
        let descriptions = indexes.map(\.description)
        let command: BSONDocument = [
            "createIndexes": .string(namespace.collection), "indexes": BSONValue(descriptions),
        ]
        _ = try await run(.change(command), as: "createIndexes")
        return descriptions.map { $0["name"]?.string ?? "" }
    }

    /// The collection's indexes, that of `_id` first; none when there is no collection yet.
    public func listIndexes() async throws -> [DocumentIndex] {
        try await indexDescriptions().map(DocumentIndex.init)
    }

    /// The collection's indexes with all that the server says of them, as its command to make them takes it.
    package func indexDescriptions() async throws -> [BSONDocument] {
        // A collection has 64 indexes at most, which is less than the server sends at a time.
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
    /// - Parameter name: its name.
    public func dropIndex(_ name: String) async throws {
        try await dropIndexes(named: name, as: "dropIndex")
    }

    /// Removes all indexes but that of `_id`.
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
    /// Whether there is no collection of that name, so that there is nothing to list or remove.
    fileprivate var isOfNoCollection: Bool { codeName == "NamespaceNotFound" }
}
