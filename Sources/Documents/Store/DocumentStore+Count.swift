extension DocumentStore {
    /// Counts the documents that the filter finds, all by default.
    ///
    /// - Parameters:
    ///   - filter: which documents, in MongoDB's query language.
    ///   - skip: how many to leave out, 0 or more.
    ///   - limit: how many to count at most; 0 for all.
    ///   - hint: the index to use, by its name or its keys.
    ///   - collation: how text is compared.
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

    /// How many documents the collection has by its own records, without looking at them.
    public func estimatedCount() async throws -> Int {
        let command: BSONDocument = ["count": .string(namespace.collection)]
        return try await run(.read(command), as: "estimatedCount")["n"]?.count ?? 0
    }

    /// The values that a field has in the documents that the filter finds, each once; the elements where it is an array.
    ///
    /// - Parameters:
    ///   - field: the field, as in `author` or `author.name`.
    ///   - filter: which documents, in MongoDB's query language; all by default.
    ///   - collation: how text is compared.
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
