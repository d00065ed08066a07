extension DocumentStore {
    /// Counts the documents that the filter finds.
    ///
    /// - Parameters:
    ///   - filter: the documents to count, in MongoDB's query language; all by default.
    ///   - skip: the number of documents to leave out, 0 or more.
    ///   - limit: the greatest number of documents to count, or 0 for all.
    ///   - hint: the index to use, by its name or its keys.
    ///   - collation: the rules for comparing text.
    public func countDocuments(
        _ filter: BSONDocument = [:], skip: Int = 0, limit: Int = 0, hint: BSONValue? = nil,
        collation: BSONDocument? = nil
    ) async throws -> Int {
        var pipeline: [BSONDocument] = [["$match": .document(filter)]]
        if skip != 0 { pipeline.append(["$skip": .int64(Int64(skip))]) }
        if limit != 0 { pipeline.append(["$limit": .int64(Int64(limit))]) }
        pipeline.append(["$group": ["_id": 1, "count": ["$sum": 1]]])
        var command: BSONDocument = [
            "aggregate": .string(namespace.collection), "pipeline": BSONValue(pipeline), "cursor": [:],
        ]
        command["hint"] = hint
        command["collation"] = collation.map(BSONValue.document)
        let reply = try await run(.read(command), as: "countDocuments")
        return reply["cursor"]?["firstBatch"]?[0]?["count"]?.count ?? 0
    }

    /// Returns the number of documents according to the collection's metadata, without reading the documents.
    public func estimatedCount() async throws -> Int {
        let command: BSONDocument = ["count": .string(namespace.collection)]
        return try await run(.read(command), as: "estimatedCount")["n"]?.count ?? 0
    }

    /// Returns the distinct values of a field in the documents that the filter finds.
    ///
    /// If the field is an array, its elements are the values.
    ///
    /// - Parameters:
    ///   - field: the field, such as `author` or `author.name`.
    ///   - filter: the documents to read, in MongoDB's query language; all by default.
    ///   - collation: the rules for comparing text.
    public func distinct(
        _ field: String, _ filter: BSONDocument = [:], collation: BSONDocument? = nil
    ) async throws -> [BSONValue] {
        var command: BSONDocument = [
            "distinct": .string(namespace.collection), "key": .string(field), "query": .document(filter),
        ]
        command["collation"] = collation.map(BSONValue.document)
        return try await run(.read(command), as: "distinct")["values"]?.array ?? []
    }
}
