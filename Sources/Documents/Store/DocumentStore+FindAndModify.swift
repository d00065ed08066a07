/// Which form of a document an operation that changes it answers with.
public enum DocumentVersion: Sendable, Hashable {
    /// As it was before.
    case before
    /// As it is now.
    case after
}

extension DocumentStore {
    /// Changes the first document that the filter finds and answers with it; nothing comes between.
    ///
    /// - Parameters:
    ///   - filter: which document, in MongoDB's query language.
    ///   - update: what to change, by operators, as in `["$inc": ["count": 1]]`.
    ///   - sort: which is the first: fields with 1 (ascending) or -1.
    ///   - projection: which fields to answer with.
    ///   - upsert: whether to insert a document when none is found.
    ///   - returning: the document as it was before, or as it is after.
    ///   - arrayFilters: which elements of arrays `$[name]` means.
    ///   - hint: the index to use, by its name or its keys.
    ///   - collation: how text is compared.
    /// - Returns: nil when none was found, unless one was inserted and it is asked for as it is after.
    @discardableResult
    public func findOneAndUpdate(
        _ filter: BSONDocument, _ update: BSONDocument, sort: BSONDocument? = nil, projection: BSONDocument? = nil,
        upsert: Bool = false, returning: DocumentVersion = .before, arrayFilters: [BSONDocument]? = nil,
        hint: BSONValue? = nil, collation: BSONDocument? = nil
    ) async throws -> BSONDocument? {
        var options = Self.options(sort, projection, hint, collation, upsert: upsert, returning: returning)
        options["arrayFilters"] = arrayFilters.map(BSONValue.init)
        return try await findAndUpdate(filter, .operators(update), options)
    }

    /// Changes the first document that the filter finds by the stages of an aggregation pipeline, and answers with it.
    ///
    /// - Parameters: as those of `findOneAndUpdate` by operators.
    /// - Returns: nil when none was found, unless one was inserted and it is asked for as it is after.
    @discardableResult
    public func findOneAndUpdate(
        _ filter: BSONDocument, pipeline: [BSONDocument], sort: BSONDocument? = nil, projection: BSONDocument? = nil,
        upsert: Bool = false, returning: DocumentVersion = .before, hint: BSONValue? = nil,
        collation: BSONDocument? = nil
    ) async throws -> BSONDocument? {
        let options = Self.options(sort, projection, hint, collation, upsert: upsert, returning: returning)
        return try await findAndUpdate(filter, .pipeline(pipeline), options)
    }

    /// Puts another document in the place of the first that the filter finds, and answers with one of the two.
    ///
    /// - Parameters:
    ///   - filter: which document, in MongoDB's query language.
    ///   - replacement: all fields of the new document; `_id` may be left out.
    ///   - sort: which is the first: fields with 1 (ascending) or -1.
    ///   - projection: which fields to answer with.
    ///   - upsert: whether to insert the document when none is found.
    ///   - returning: the document as it was before, or as it is after.
    ///   - hint: the index to use, by its name or its keys.
    ///   - collation: how text is compared.
    /// - Returns: nil when none was found, unless one was inserted and it is asked for as it is after.
    @discardableResult
    public func findOneAndReplace(
        _ filter: BSONDocument, _ replacement: BSONDocument, sort: BSONDocument? = nil,
        projection: BSONDocument? = nil, upsert: Bool = false, returning: DocumentVersion = .before,
        hint: BSONValue? = nil, collation: BSONDocument? = nil
    ) async throws -> BSONDocument? {
        var options = Self.options(sort, projection, hint, collation, upsert: upsert, returning: returning)
        options["update"] = .document(replacement)
        return try await inOperation("findOneAndReplace") {
            try replacement.checkReplacement()
            return try await findAndModify(filter, options)
        }
    }

    /// Deletes the first document that the filter finds, and answers with it.
    ///
    /// - Parameters:
    ///   - filter: which document, in MongoDB's query language.
    ///   - sort: which is the first: fields with 1 (ascending) or -1.
    ///   - projection: which fields to answer with.
    ///   - hint: the index to use, by its name or its keys.
    ///   - collation: how text is compared.
    /// - Returns: nil when none was found.
    @discardableResult
    public func findOneAndDelete(
        _ filter: BSONDocument, sort: BSONDocument? = nil, projection: BSONDocument? = nil, hint: BSONValue? = nil,
        collation: BSONDocument? = nil
    ) async throws -> BSONDocument? {
        var options = Self.options(sort, projection, hint, collation)
        options["remove"] = true
        return try await inOperation("findOneAndDelete") { try await findAndModify(filter, options) }
    }

    private func findAndUpdate(
        _ filter: BSONDocument, _ update: DocumentUpdate, _ options: BSONDocument
    ) async throws -> BSONDocument? {
        var options = options
        options["update"] = update.value
        return try await inOperation("findOneAndUpdate") {
            try update.check()
            return try await findAndModify(filter, options)
        }
    }

    private func findAndModify(_ filter: BSONDocument, _ options: BSONDocument) async throws -> BSONDocument? {
        var command: BSONDocument = [
            "findAndModify": .string(namespace.collection), "query": .document(filter),
        ]
        command.merge(options)
        return try await connection.perform(.change(command), on: namespace)["value"]?.document
    }

    private static func options(
        _ sort: BSONDocument?, _ projection: BSONDocument?, _ hint: BSONValue?, _ collation: BSONDocument?,
        upsert: Bool = false, returning: DocumentVersion = .before
    ) -> BSONDocument {
        var options = BSONDocument()
        options["sort"] = sort.map(BSONValue.document)
        options["fields"] = projection.map(BSONValue.document)
        options["hint"] = hint
        options["collation"] = collation.map(BSONValue.document)
        if upsert { options["upsert"] = true }
        if returning == .after { options["new"] = true }
        return options
    }
}
