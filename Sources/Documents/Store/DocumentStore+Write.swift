extension DocumentStore {
    /// Inserts a document.
    ///
    /// - Parameter document: the fields. A document without `_id` gets a new ``ObjectID``.
    @discardableResult
    public func insertOne(_ document: BSONDocument) async throws -> InsertOneResult {
        let write = DocumentWrite.insertOne(document)
        _ = try await self.write([write], as: "insertOne")
        return InsertOneResult(insertedID: write.insertedID ?? .null)
    }

    /// Inserts documents.
    ///
    /// - Parameters:
    ///   - documents: the documents, at least one. Those without `_id` get new ``ObjectID``s.
    ///   - ordered: whether a document that cannot be written stops the rest.
    @discardableResult
    public func insertMany(_ documents: [BSONDocument], ordered: Bool = true) async throws -> InsertManyResult {
        let writes = documents.map(DocumentWrite.insertOne)
        _ = try await write(writes, ordered: ordered, as: "insertMany")
        return InsertManyResult(insertedIDs: writes.map { $0.insertedID ?? .null })
    }

    /// Changes the first document that the filter finds.
    ///
    /// - Parameters:
    ///   - filter: the documents to choose from, in MongoDB's query language.
    ///   - update: the changes, by operators, as in `["$set": ["text": "new"]]`.
    ///   - upsert: whether to insert a document if none is found.
    ///   - arrayFilters: filters for the array elements that `$[name]` stands for.
    ///   - hint: the index to use, by its name or its keys.
    ///   - collation: the rules for comparing text, as in `["locale": "en", "strength": 2]`.
    @discardableResult
    public func updateOne(
        _ filter: BSONDocument, _ update: BSONDocument, upsert: Bool = false, arrayFilters: [BSONDocument]? = nil,
        hint: BSONValue? = nil, collation: BSONDocument? = nil
    ) async throws -> UpdateResult {
        let write = DocumentWrite.updateOne(
            filter, update, upsert: upsert, arrayFilters: arrayFilters, hint: hint, collation: collation)
        return UpdateResult(try await self.write([write], as: "updateOne"))
    }

    /// Changes the first document that the filter finds, with the stages of an aggregation pipeline.
    ///
    /// - Parameters:
    ///   - filter: the documents to choose from, in MongoDB's query language.
    ///   - pipeline: stages such as `["$set": ["total": ["$sum": "$parts"]]]`.
    ///   - upsert: whether to insert a document if none is found.
    ///   - hint: the index to use, by its name or its keys.
    ///   - collation: the rules for comparing text.
    @discardableResult
    public func updateOne(
        _ filter: BSONDocument, pipeline: [BSONDocument], upsert: Bool = false, hint: BSONValue? = nil,
        collation: BSONDocument? = nil
    ) async throws -> UpdateResult {
        let write = DocumentWrite.updateOne(
            filter, pipeline: pipeline, upsert: upsert, hint: hint, collation: collation)
        return UpdateResult(try await self.write([write], as: "updateOne"))
    }

    /// Changes all documents that the filter finds.
    ///
    /// - Parameters:
    ///   - filter: the documents to change, in MongoDB's query language.
    ///   - update: the changes, by operators, as in `["$inc": ["count": 1]]`.
    ///   - upsert: whether to insert a document if none is found.
    ///   - arrayFilters: filters for the array elements that `$[name]` stands for.
    ///   - hint: the index to use, by its name or its keys.
    ///   - collation: the rules for comparing text.
    @discardableResult
    public func updateMany(
        _ filter: BSONDocument, _ update: BSONDocument, upsert: Bool = false, arrayFilters: [BSONDocument]? = nil,
        hint: BSONValue? = nil, collation: BSONDocument? = nil
    ) async throws -> UpdateResult {
        let write = DocumentWrite.updateMany(
            filter, update, upsert: upsert, arrayFilters: arrayFilters, hint: hint, collation: collation)
        return UpdateResult(try await self.write([write], as: "updateMany"))
    }

    /// Changes all documents that the filter finds, with the stages of an aggregation pipeline.
    ///
    /// - Parameters:
    ///   - filter: the documents to change, in MongoDB's query language.
    ///   - pipeline: stages such as `["$set": ["total": ["$sum": "$parts"]]]`.
    ///   - upsert: whether to insert a document if none is found.
    ///   - hint: the index to use, by its name or its keys.
    ///   - collation: the rules for comparing text.
    @discardableResult
    public func updateMany(
        _ filter: BSONDocument, pipeline: [BSONDocument], upsert: Bool = false, hint: BSONValue? = nil,
        collation: BSONDocument? = nil
    ) async throws -> UpdateResult {
        let write = DocumentWrite.updateMany(
            filter, pipeline: pipeline, upsert: upsert, hint: hint, collation: collation)
        return UpdateResult(try await self.write([write], as: "updateMany"))
    }

    /// Replaces the first document that the filter finds. Its `_id` is kept.
    ///
    /// - Parameters:
    ///   - filter: the documents to choose from, in MongoDB's query language.
    ///   - replacement: all fields of the new document. It may omit `_id`.
    ///   - upsert: whether to insert the document if none is found.
    ///   - hint: the index to use, by its name or its keys.
    ///   - collation: the rules for comparing text.
    @discardableResult
    public func replaceOne(
        _ filter: BSONDocument, _ replacement: BSONDocument, upsert: Bool = false, hint: BSONValue? = nil,
        collation: BSONDocument? = nil
    ) async throws -> UpdateResult {
        let write = DocumentWrite.replaceOne(filter, replacement, upsert: upsert, hint: hint, collation: collation)
        return UpdateResult(try await self.write([write], as: "replaceOne"))
    }

    /// Deletes the first document that the filter finds.
    ///
    /// - Parameters:
    ///   - filter: the documents to choose from, in MongoDB's query language.
    ///   - hint: the index to use, by its name or its keys.
    ///   - collation: the rules for comparing text.
    @discardableResult
    public func deleteOne(
        _ filter: BSONDocument, hint: BSONValue? = nil, collation: BSONDocument? = nil
    ) async throws -> DeleteResult {
        let write = DocumentWrite.deleteOne(filter, hint: hint, collation: collation)
        return DeleteResult(try await self.write([write], as: "deleteOne"))
    }

    /// Deletes all documents that the filter finds. The filter `[:]` deletes all documents of the collection.
    ///
    /// - Parameters:
    ///   - filter: the documents to delete, in MongoDB's query language.
    ///   - hint: the index to use, by its name or its keys.
    ///   - collation: the rules for comparing text.
    @discardableResult
    public func deleteMany(
        _ filter: BSONDocument, hint: BSONValue? = nil, collation: BSONDocument? = nil
    ) async throws -> DeleteResult {
        let write = DocumentWrite.deleteMany(filter, hint: hint, collation: collation)
        return DeleteResult(try await self.write([write], as: "deleteMany"))
    }

    /// Performs many writes in as few messages as possible.
    ///
    /// ```swift
    /// try await store.bulkWrite([
    ///     .insertOne(["_id": 1, "count": 0]),
    ///     .updateMany(["kind": "counter"], ["$inc": ["count": 1]]),
    ///     .deleteOne(["_id": 2]),
    /// ])
    /// ```
    ///
    /// - Parameters:
    ///   - writes: the writes, at least one.
    ///   - ordered: whether a write that fails stops the rest.
    /// - Throws: ``DocumentStoreError``, whose ``DocumentStoreError/writeErrors`` lists the writes that failed and
    ///   whose ``DocumentStoreError/partialResult`` describes those that succeeded.
    @discardableResult
    public func bulkWrite(_ writes: [DocumentWrite], ordered: Bool = true) async throws -> BulkWriteResult {
        try await write(writes, ordered: ordered, as: "bulkWrite")
    }

    func write(
        _ writes: [DocumentWrite], ordered: Bool = true, as operation: String
    ) async throws -> BulkWriteResult {
        try await inOperation(operation) {
            guard !writes.isEmpty else {
                throw DocumentStoreError(.invalidDocument, "There are no documents to write")
            }
            var result = BulkWriteResult()
            var errors: [DocumentStoreError.WriteError] = []
            var lastReply: BSONDocument?
            func take(_ reply: BSONDocument, of command: WriteCommand) {
                let failed = reply.writeErrors(of: command)
                result.add(reply, of: command, failed: Set(failed.map(\.index)), isOrdered: ordered)
                errors += failed
                lastReply = failed.isEmpty ? lastReply : reply
            }
            for command in try WriteCommand.commands(for: writes) {
                do {
                    let body = command.body(namespace.collection, ordered: ordered)
                    let reply = try await connection.perform(.change(body), on: namespace)
                    take(reply, of: command)
                    if ordered, !errors.isEmpty { break }
                } catch var error as DocumentStoreError {
                    // The completed writes are reported even if too few servers have confirmed them.
                    if let reply = error.reply, reply["n"] != nil { take(reply, of: command) }
                    error.partialResult = result
                    error.writeErrors = errors
                    throw error
                }
            }
            guard let first = errors.first else { return result }
            throw DocumentStoreError(
                .writeFailed, first.message, code: first.code, writeErrors: errors, partialResult: result,
                reply: lastReply)
        }
    }
}

extension BSONDocument {
    /// Returns the writes of a command that failed, according to the server's reply.
    fileprivate func writeErrors(of command: WriteCommand) -> [DocumentStoreError.WriteError] {
        (self["writeErrors"]?.array ?? []).map { error in
            DocumentStoreError.WriteError(
                index: command.first + (error["index"]?.count ?? 0), code: error["code"]?.count ?? 0,
                message: error["errmsg"]?.string ?? "no reason given")
        }
    }
}
