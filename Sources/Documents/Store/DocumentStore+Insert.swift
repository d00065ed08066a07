extension DocumentStore {
    /// Inserts a document.
    ///
    /// - Parameter document: the fields; one without `_id` gets a new ``ObjectID``.
    @discardableResult
    public func insertOne(_ document: BSONDocument) async throws -> InsertOneResult {
        let (document, id) = document.identified
        _ = try await perform(.insertOne(document))
        return InsertOneResult(insertedID: id)
    }

    /// Inserts a value as a document.
    ///
    /// - Parameter value: what to insert; one that encodes no `_id` gets a new ``ObjectID``.
    @discardableResult
    @_disfavoredOverload
    public func insertOne(_ value: some Encodable) async throws -> InsertOneResult {
        try await insertOne(document(value, in: "insertOne"))
    }

    /// Inserts documents.
    ///
    /// - Parameters:
    ///   - documents: at least one; those without `_id` get new ``ObjectID``s.
    ///   - ordered: whether a document that cannot be written stops the rest.
    @discardableResult
    public func insertMany(_ documents: [BSONDocument], ordered: Bool = true) async throws -> InsertManyResult {
        guard !documents.isEmpty else {
            throw DocumentStoreError(
                .invalidDocument, "There are no documents to insert", operation: "insertMany",
                collection: namespace.collection)
        }
        let identified = documents.map(\.identified)
        _ = try await perform(.insertMany(identified.map(\.document), options: ["ordered": .bool(ordered)]))
        return InsertManyResult(insertedIDs: identified.map(\.id))
    }

    /// Inserts values as documents.
    ///
    /// - Parameters:
    ///   - values: at least one; those that encode no `_id` get new ``ObjectID``s.
    ///   - ordered: whether a document that cannot be written stops the rest.
    @discardableResult
    @_disfavoredOverload
    public func insertMany(_ values: [some Encodable], ordered: Bool = true) async throws -> InsertManyResult {
        try await insertMany(values.map { try document($0, in: "insertMany") }, ordered: ordered)
    }
}

extension BSONDocument {
    /// The document with an `_id`, and that; a new one comes first.
    fileprivate var identified: (document: BSONDocument, id: BSONValue) {
        if let id = self["_id"] { return (self, id) }
        let id = BSONValue.objectID(ObjectID())
        var document: BSONDocument = ["_id": id]
        for (key, value) in self { document.append(key, value) }
        return (document, id)
    }
}
