extension DocumentStore {
    /// Changes the first document that the filter finds.
    ///
    /// - Parameters:
    ///   - filter: which documents, in MongoDB's query language.
    ///   - update: what to change, by operators, as in `["$set": ["text": "new"]]`.
    ///   - upsert: whether to insert a document when none is found.
    ///   - arrayFilters: which elements of arrays `$[name]` means.
    @discardableResult
    public func updateOne(
        _ filter: BSONDocument, _ update: BSONDocument, upsert: Bool = false, arrayFilters: [BSONDocument]? = nil
    ) async throws -> UpdateResult {
        let options = Self.options(upsert: upsert, arrayFilters: arrayFilters)
        return UpdateResult(
            reply: try await perform(
                .updateOne(filter: filter, update: checked(.operators(update), "updateOne"), options: options)))
    }

    /// Changes the first document that the filter finds by the stages of an aggregation pipeline.
    ///
    /// - Parameters:
    ///   - filter: which documents, in MongoDB's query language.
    ///   - pipeline: stages such as `["$set": ["total": ["$sum": "$parts"]]]`.
    ///   - upsert: whether to insert a document when none is found.
    @discardableResult
    public func updateOne(
        _ filter: BSONDocument, pipeline: [BSONDocument], upsert: Bool = false
    ) async throws -> UpdateResult {
        let options = Self.options(upsert: upsert)
        return UpdateResult(
            reply: try await perform(
                .updateOne(filter: filter, update: checked(.pipeline(pipeline), "updateOne"), options: options)))
    }

    /// Changes all documents that the filter finds.
    ///
    /// - Parameters:
    ///   - filter: which documents, in MongoDB's query language.
    ///   - update: what to change, by operators, as in `["$inc": ["count": 1]]`.
    ///   - upsert: whether to insert a document when none is found.
    ///   - arrayFilters: which elements of arrays `$[name]` means.
    @discardableResult
    public func updateMany(
        _ filter: BSONDocument, _ update: BSONDocument, upsert: Bool = false, arrayFilters: [BSONDocument]? = nil
    ) async throws -> UpdateResult {
        let options = Self.options(upsert: upsert, arrayFilters: arrayFilters)
        return UpdateResult(
            reply: try await perform(
                .updateMany(filter: filter, update: checked(.operators(update), "updateMany"), options: options)))
    }

    /// Changes all documents that the filter finds by the stages of an aggregation pipeline.
    ///
    /// - Parameters:
    ///   - filter: which documents, in MongoDB's query language.
    ///   - pipeline: stages such as `["$set": ["total": ["$sum": "$parts"]]]`.
    ///   - upsert: whether to insert a document when none is found.
    @discardableResult
    public func updateMany(
        _ filter: BSONDocument, pipeline: [BSONDocument], upsert: Bool = false
    ) async throws -> UpdateResult {
        let options = Self.options(upsert: upsert)
        return UpdateResult(
            reply: try await perform(
                .updateMany(filter: filter, update: checked(.pipeline(pipeline), "updateMany"), options: options)))
    }

    /// The update, unless it is empty: MongoDB would take that for a replacement and remove all fields.
    private func checked(_ update: DocumentUpdate, _ operation: String) throws(DocumentStoreError) -> DocumentUpdate {
        let isEmpty =
            switch update {
            case .operators(let operators): operators.isEmpty
            case .pipeline(let stages): stages.isEmpty
            }
        guard isEmpty else { return update }
        throw DocumentStoreError(
            .invalidDocument, "The update is empty", remedy: "Name what to change by an operator, such as $set.",
            operation: operation, collection: namespace.collection)
    }

    private static func options(upsert: Bool, arrayFilters: [BSONDocument]? = nil) -> BSONDocument {
        var options = BSONDocument()
        if upsert { options["upsert"] = true }
        options["arrayFilters"] = arrayFilters.map { .array($0.map(BSONValue.document)) }
        return options
    }
}
