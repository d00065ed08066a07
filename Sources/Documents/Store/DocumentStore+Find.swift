extension DocumentStore {
    /// Finds documents. They are read as the result is iterated; nothing is sent before.
    ///
    /// - Parameters:
    ///   - filter: which documents, in MongoDB's query language; all by default.
    ///   - sort: fields with 1 (ascending) or -1, the most important first.
    ///   - skip: how many to leave out, 0 or more.
    ///   - limit: how many at most; 0 for all; a negative number for so many in one batch, as in MongoDB's drivers.
    ///   - projection: fields with 1 to have only these, or with 0 to have all others.
    ///   - hint: the index to use, by its name or its keys.
    ///   - collation: how text is compared, as in `["locale": "en", "strength": 2]`.
    ///   - batchSize: how many the server sends at a time; nil for its default.
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
    /// - Parameters: as those of ``find(_:sort:skip:limit:projection:hint:collation:batchSize:)``.
    /// - Returns: nil when there is none.
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
    /// - Parameters: as those of ``find(_:sort:skip:limit:projection:hint:collation:batchSize:)``.
    /// - Returns: nil when there is none.
    /// - Throws: ``DocumentStoreError``; `DecodingError` for a document of another shape.
    public func findOne<Value: Decodable>(
        _ filter: BSONDocument = [:], sort: BSONDocument? = nil, skip: Int = 0, projection: BSONDocument? = nil,
        hint: BSONValue? = nil, collation: BSONDocument? = nil, as type: Value.Type
    ) async throws -> Value? {
        try await findOne(
            filter, sort: sort, skip: skip, projection: projection, hint: hint, collation: collation
        )?.decoded(as: type)
    }

    /// Runs documents through the stages of an aggregation pipeline. The results are read as they are iterated; nothing is sent before,
    /// so a pipeline that ends in `$out` or `$merge` needs its ``DocumentCursor/all()`` too.
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
    ///   - collation: how text is compared.
    ///   - allowDiskUse: whether stages that need more than 100 MB may use temporary files.
    ///   - batchSize: how many results the server sends at a time; nil for its default.
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
