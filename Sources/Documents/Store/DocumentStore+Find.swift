extension DocumentStore {
    /// Finds documents. They are read as the result is iterated; nothing is sent before.
    ///
    /// - Parameters:
    ///   - filter: which documents, in MongoDB's query language; all by default.
    ///   - sort: fields with 1 (ascending) or -1, the most important first.
    ///   - skip: how many to leave out, 0 or more.
    ///   - limit: how many at most; 0 for all.
    ///   - projection: fields with 1 to have only these, or with 0 to have all others.
    ///   - batchSize: how many the server sends at a time; nil for its default.
    public func find(
        _ filter: BSONDocument = [:], sort: BSONDocument? = nil, skip: Int = 0, limit: Int = 0,
        projection: BSONDocument? = nil, batchSize: Int? = nil
    ) -> DocumentCursor<BSONDocument> {
        var options = BSONDocument()
        options["sort"] = sort.map(BSONValue.document)
        if skip != 0 { options["skip"] = .int64(Int64(skip)) }
        if limit != 0 { options["limit"] = .int64(Int64(limit)) }
        options["projection"] = projection.map(BSONValue.document)
        options["batchSize"] = batchSize.map { BSONValue(Int64($0)) }
        return DocumentCursor(store: self, query: DocumentQuery(filter: filter, options: options)) { $0 }
    }

    /// Finds the first document.
    ///
    /// - Parameters: as those of ``find(_:sort:skip:limit:projection:batchSize:)``.
    /// - Returns: nil when there is none.
    public func findOne(
        _ filter: BSONDocument = [:], sort: BSONDocument? = nil, skip: Int = 0, projection: BSONDocument? = nil
    ) async throws -> BSONDocument? {
        var cursor = find(filter, sort: sort, skip: skip, limit: 1, projection: projection)
        cursor.query.options["singleBatch"] = true
        return try await cursor.all(operation: "findOne").first
    }

    /// Finds the first document that a filter of your own type describes.
    @_disfavoredOverload
    public func findOne(
        _ filter: some Encodable, sort: BSONDocument? = nil, skip: Int = 0, projection: BSONDocument? = nil
    ) async throws -> BSONDocument? {
        try await findOne(document(filter, in: "findOne"), sort: sort, skip: skip, projection: projection)
    }

    /// Finds the first document and decodes it.
    ///
    /// - Returns: nil when there is none.
    /// - Throws: ``DocumentStoreError``; `DecodingError` for a document of another shape.
    public func findOne<Value: Decodable>(
        _ filter: BSONDocument = [:], sort: BSONDocument? = nil, skip: Int = 0, projection: BSONDocument? = nil,
        as type: Value.Type
    ) async throws -> Value? {
        try await findOne(filter, sort: sort, skip: skip, projection: projection)
            .map { try BSONDecoder().decode(type, from: $0) }
    }
}
