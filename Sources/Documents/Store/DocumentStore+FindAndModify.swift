/// The version of a changed document that an operation returns.
public enum DocumentVersion: Sendable, Hashable {
    /// The document before the change.
    case before
    /// The document after the change.
    case after
}

extension DocumentStore {
    /// Changes the first document that the filter finds, and returns it. The operation is atomic.
    ///
    /// - Parameters:
    ///   - filter: the documents to choose from, in MongoDB's query language.
    ///   - update: the changes, by operators, as in `["$inc": ["count": 1]]`.
    ///   - sort: the order that determines the first document, as fields with 1 (ascending) or -1 (descending).
    ///   - projection: the fields to return.
    ///   - upsert: whether to insert a document if none is found.
    ///   - returning: whether to return the document before or after the change.
    ///   - arrayFilters: filters for the array elements that `$[name]` stands for.
    ///   - hint: the index to use, by its name or its keys.
    ///   - collation: the rules for comparing text.
    /// - Returns: the document, or nil if none was found. An inserted document is returned only with
    ///   `returning: .after`.
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

    /// Changes the first document that the filter finds, with the stages of an aggregation pipeline, and returns it.
    ///
    /// - Parameters: those of `findOneAndUpdate` by operators.
    /// - Returns: the document, or nil if none was found. An inserted document is returned only with
    ///   `returning: .after`.
    @discardableResult
    public func findOneAndUpdate(
        _ filter: BSONDocument, pipeline: [BSONDocument], sort: BSONDocument? = nil, projection: BSONDocument? = nil,
        upsert: Bool = false, returning: DocumentVersion = .before, hint: BSONValue? = nil,
        collation: BSONDocument? = nil
    ) async throws -> BSONDocument? {
        let options = Self.options(sort, projection, hint, collation, upsert: upsert, returning: returning)
        return try await findAndUpdate(filter, .pipeline(pipeline), options)
    }

    /// Replaces the first document that the filter finds, and returns the old or the new document.
    ///
    /// - Parameters:
    ///   - filter: the documents to choose from, in MongoDB's query language.
    ///   - replacement: all fields of the new document. It may omit `_id`.
    ///   - sort: the order that determines the first document, as fields with 1 (ascending) or -1 (descending).
    ///   - projection: the fields to return.
    ///   - upsert: whether to insert the document if none is found.
    ///   - returning: whether to return the old or the new document.
    ///   - hint: the index to use, by its name or its keys.
    ///   - collation: the rules for comparing text.
    /// - Returns: the document, or nil if none was found. An inserted document is returned only with
    ///   `returning: .after`.
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

    /// Deletes the first document that the filter finds, and returns it.
    ///
    /// - Parameters:
    ///   - filter: the documents to choose from, in MongoDB's query language.
    ///   - sort: the order that determines the first document, as fields with 1 (ascending) or -1 (descending).
    ///   - projection: the fields to return.
    ///   - hint: the index to use, by its name or its keys.
    ///   - collation: the rules for comparing text.
    /// - Returns: the document, or nil if none was found.
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
