extension DocumentStore {
    /// Finds documents, which are read as the result is iterated. Nothing is sent before then.
    ///
    /// - Parameters:
    ///   - filter: the documents to find, in MongoDB's query language; all by default.
    ///   - sort: the order, as fields with 1 (ascending) or -1 (descending), the most important first.
    ///   - skip: the number of documents to leave out, 0 or more.
    ///   - limit: the greatest number of documents, or 0 for all. A negative number stands for that many in a single
    ///     batch, as in MongoDB's drivers.
    ///   - projection: fields with 1 to read only these, or with 0 to read all others.
    ///   - hint: the index to use, by its name or its keys.
    ///   - collation: the rules for comparing text, as in `["locale": "en", "strength": 2]`.
    ///   - batchSize: the number of documents that the server sends at a time, or nil for its default.
    public func find(
        _ filter: BSONDocument = [:], sort: BSONDocument? = nil, skip: Int = 0, limit: Int = 0,
        projection: BSONDocument? = nil, hint: BSONValue? = nil, collation: BSONDocument? = nil, batchSize: Int? = nil
    ) -> DocumentCursor<BSONDocument> {
        var options = BSONDocument()
        options["sort"] = sort.map(BSONValue.document)
        if skip != 0 { options["skip"] = .int64(Int64(skip)) }
        if limit != 0 { options["limit"] = .int64(Int64(clamping: limit.magnitude)) }
        if limit < 0 { options["singleBatch"] = true }
        options["projection"] = projection.map(BSONValue.document)
        options["hint"] = hint
        options["collation"] = collation.map(BSONValue.document)
        options["batchSize"] = batchSize.map { BSONValue(Int64($0)) }
        return DocumentCursor(store: self, operation: "find", query: .find(filter: filter, options: options))
    }

    /// Finds the first document.
    ///
    /// - Parameters: those of ``find(_:sort:skip:limit:projection:hint:collation:batchSize:)``.
    /// - Returns: the document, or nil if there is none.
    public func findOne(
        _ filter: BSONDocument = [:], sort: BSONDocument? = nil, skip: Int = 0, projection: BSONDocument? = nil,
        hint: BSONValue? = nil, collation: BSONDocument? = nil
    ) async throws -> BSONDocument? {
        let cursor = find(
            filter, sort: sort, skip: skip, limit: 1, projection: projection, hint: hint, collation: collation)
        return try await cursor.first(as: "findOne")
    }

    /// Finds the first document and decodes it.
    ///
    /// - Parameters: those of ``find(_:sort:skip:limit:projection:hint:collation:batchSize:)``.
    /// - Returns: the decoded document, or nil if there is none.
    /// - Throws: ``DocumentStoreError``, or `DecodingError` for a document of a different shape.
    public func findOne<Value: Decodable>(
        _ filter: BSONDocument = [:], sort: BSONDocument? = nil, skip: Int = 0, projection: BSONDocument? = nil,
        hint: BSONValue? = nil, collation: BSONDocument? = nil, as type: Value.Type
    ) async throws -> Value? {
        try await findOne(
            filter, sort: sort, skip: skip, projection: projection, hint: hint, collation: collation
        )?.decoded(as: type)
    }

    /// Runs documents through the stages of an aggregation pipeline.
    ///
    /// The results are read as they are iterated. Nothing is sent before then, so a pipeline that ends in `$out` or
    /// `$merge` also needs a call to ``DocumentCursor/all()``.
    ///
    /// ```swift
    /// let totals = store.aggregate([
    ///     ["$match": ["read": true]],
    ///     ["$group": ["_id": "$author", "count": ["$sum": 1]]],
    /// ])
    /// ```
    ///
    /// - Parameters:
    ///   - pipeline: the stages.
    ///   - hint: the index to use, by its name or its keys.
    ///   - collation: the rules for comparing text.
    ///   - allowDiskUse: whether stages that need more than 100 MB may use temporary files.
    ///   - batchSize: the number of results that the server sends at a time, or nil for its default.
    public func aggregate(
        _ pipeline: [BSONDocument], hint: BSONValue? = nil, collation: BSONDocument? = nil, allowDiskUse: Bool? = nil,
        batchSize: Int? = nil
    ) -> DocumentCursor<BSONDocument> {
        var options = BSONDocument()
        options["hint"] = hint
        options["collation"] = collation.map(BSONValue.document)
        options["allowDiskUse"] = allowDiskUse.map(BSONValue.bool)
        options["batchSize"] = batchSize.map { BSONValue(Int64($0)) }
        return DocumentCursor(
            store: self, operation: "aggregate", query: .aggregate(pipeline: pipeline, options: options))
    }
}
