// Overloads for filters, documents and replacements of any encodable type. Each encodes its values and then runs the
// operation of the same name.

extension DocumentStore {
    /// Inserts a value as a document.
    ///
    /// - Parameter value: the value to insert. If it encodes no `_id`, it gets a new ``ObjectID``.
    @discardableResult
    @_disfavoredOverload
    public func insertOne(_ value: some Encodable) async throws -> InsertOneResult {
        try await insertOne(document(value, in: "insertOne"))
    }

    /// Inserts values as documents.
    ///
    /// - Parameters:
    ///   - values: the values to insert, at least one. Those that encode no `_id` get new ``ObjectID``s.
    ///   - ordered: whether a document that cannot be written stops the rest.
    @discardableResult
    @_disfavoredOverload
    public func insertMany(_ values: [some Encodable], ordered: Bool = true) async throws -> InsertManyResult {
        try await insertMany(values.map { try document($0, in: "insertMany") }, ordered: ordered)
    }

    /// Finds documents by a filter of your own type.
    @_disfavoredOverload
    public func find(
        _ filter: some Encodable, sort: BSONDocument? = nil, skip: Int = 0, limit: Int = 0,
        projection: BSONDocument? = nil, hint: BSONValue? = nil, collation: BSONDocument? = nil, batchSize: Int? = nil
    ) throws -> DocumentCursor<BSONDocument> {
        find(
            try document(filter, in: "find"), sort: sort, skip: skip, limit: limit, projection: projection, hint: hint,
            collation: collation, batchSize: batchSize)
    }

    /// Finds the first document that matches a filter of your own type.
    @_disfavoredOverload
    public func findOne(
        _ filter: some Encodable, sort: BSONDocument? = nil, skip: Int = 0, projection: BSONDocument? = nil,
        hint: BSONValue? = nil, collation: BSONDocument? = nil
    ) async throws -> BSONDocument? {
        try await findOne(
            document(filter, in: "findOne"), sort: sort, skip: skip, projection: projection, hint: hint,
            collation: collation)
    }

    /// Finds the first document that matches a filter of your own type, and decodes it.
    @_disfavoredOverload
    public func findOne<Value: Decodable>(
        _ filter: some Encodable, sort: BSONDocument? = nil, skip: Int = 0, projection: BSONDocument? = nil,
        hint: BSONValue? = nil, collation: BSONDocument? = nil, as type: Value.Type
    ) async throws -> Value? {
        try await findOne(
            document(filter, in: "findOne"), sort: sort, skip: skip, projection: projection, hint: hint,
            collation: collation, as: type)
    }

    /// Changes the first document that a filter of your own type finds.
    @discardableResult
    @_disfavoredOverload
    public func updateOne(
        _ filter: some Encodable, _ update: BSONDocument, upsert: Bool = false, arrayFilters: [BSONDocument]? = nil,
        hint: BSONValue? = nil, collation: BSONDocument? = nil
    ) async throws -> UpdateResult {
        try await updateOne(
            document(filter, in: "updateOne"), update, upsert: upsert, arrayFilters: arrayFilters, hint: hint,
            collation: collation)
    }

    /// Changes the first document that a filter of your own type finds, with the stages of an aggregation pipeline.
    @discardableResult
    @_disfavoredOverload
    public func updateOne(
        _ filter: some Encodable, pipeline: [BSONDocument], upsert: Bool = false, hint: BSONValue? = nil,
        collation: BSONDocument? = nil
    ) async throws -> UpdateResult {
        try await updateOne(
            document(filter, in: "updateOne"), pipeline: pipeline, upsert: upsert, hint: hint, collation: collation)
    }

    /// Changes all documents that a filter of your own type finds.
    @discardableResult
    @_disfavoredOverload
    public func updateMany(
        _ filter: some Encodable, _ update: BSONDocument, upsert: Bool = false, arrayFilters: [BSONDocument]? = nil,
        hint: BSONValue? = nil, collation: BSONDocument? = nil
    ) async throws -> UpdateResult {
        try await updateMany(
            document(filter, in: "updateMany"), update, upsert: upsert, arrayFilters: arrayFilters, hint: hint,
            collation: collation)
    }

    /// Changes all documents that a filter of your own type finds, with the stages of an aggregation pipeline.
    @discardableResult
    @_disfavoredOverload
    public func updateMany(
        _ filter: some Encodable, pipeline: [BSONDocument], upsert: Bool = false, hint: BSONValue? = nil,
        collation: BSONDocument? = nil
    ) async throws -> UpdateResult {
        try await updateMany(
            document(filter, in: "updateMany"), pipeline: pipeline, upsert: upsert, hint: hint, collation: collation)
    }

    /// Replaces the first document that the filter finds with a value, encoded as a document. Its `_id` is kept.
    @discardableResult
    @_disfavoredOverload
    public func replaceOne(
        _ filter: some Encodable, _ replacement: some Encodable, upsert: Bool = false, hint: BSONValue? = nil,
        collation: BSONDocument? = nil
    ) async throws -> UpdateResult {
        try await replaceOne(
            document(filter, in: "replaceOne"), document(replacement, in: "replaceOne"), upsert: upsert, hint: hint,
            collation: collation)
    }

    /// Replaces the first document that the filter finds with a value, encoded as a document. Its `_id` is kept.
    @discardableResult
    @_disfavoredOverload
    public func replaceOne(
        _ filter: BSONDocument, _ replacement: some Encodable, upsert: Bool = false, hint: BSONValue? = nil,
        collation: BSONDocument? = nil
    ) async throws -> UpdateResult {
        try await replaceOne(
            filter, document(replacement, in: "replaceOne"), upsert: upsert, hint: hint, collation: collation)
    }

    /// Changes the first document that a filter of your own type finds, and returns it.
    @discardableResult
    @_disfavoredOverload
    public func findOneAndUpdate(
        _ filter: some Encodable, _ update: BSONDocument, sort: BSONDocument? = nil, projection: BSONDocument? = nil,
        upsert: Bool = false, returning: DocumentVersion = .before, arrayFilters: [BSONDocument]? = nil,
        hint: BSONValue? = nil, collation: BSONDocument? = nil
    ) async throws -> BSONDocument? {
        try await findOneAndUpdate(
            document(filter, in: "findOneAndUpdate"), update, sort: sort, projection: projection, upsert: upsert,
            returning: returning, arrayFilters: arrayFilters, hint: hint, collation: collation)
    }

    /// Changes the first document that a filter of your own type finds, with the stages of an aggregation pipeline,
    /// and returns it.
    @discardableResult
    @_disfavoredOverload
    public func findOneAndUpdate(
        _ filter: some Encodable, pipeline: [BSONDocument], sort: BSONDocument? = nil,
        projection: BSONDocument? = nil, upsert: Bool = false, returning: DocumentVersion = .before,
        hint: BSONValue? = nil, collation: BSONDocument? = nil
    ) async throws -> BSONDocument? {
        try await findOneAndUpdate(
            document(filter, in: "findOneAndUpdate"), pipeline: pipeline, sort: sort, projection: projection,
            upsert: upsert, returning: returning, hint: hint, collation: collation)
    }

    /// Replaces the first document that the filter finds with a value, and returns the old or the new document.
    @discardableResult
    @_disfavoredOverload
    public func findOneAndReplace(
        _ filter: some Encodable, _ replacement: some Encodable, sort: BSONDocument? = nil,
        projection: BSONDocument? = nil, upsert: Bool = false, returning: DocumentVersion = .before,
        hint: BSONValue? = nil, collation: BSONDocument? = nil
    ) async throws -> BSONDocument? {
        try await findOneAndReplace(
            document(filter, in: "findOneAndReplace"), document(replacement, in: "findOneAndReplace"), sort: sort,
            projection: projection, upsert: upsert, returning: returning, hint: hint, collation: collation)
    }

    /// Replaces the first document that the filter finds with a value, and returns the old or the new document.
    @discardableResult
    @_disfavoredOverload
    public func findOneAndReplace(
        _ filter: BSONDocument, _ replacement: some Encodable, sort: BSONDocument? = nil,
        projection: BSONDocument? = nil, upsert: Bool = false, returning: DocumentVersion = .before,
        hint: BSONValue? = nil, collation: BSONDocument? = nil
    ) async throws -> BSONDocument? {
        try await findOneAndReplace(
            filter, document(replacement, in: "findOneAndReplace"), sort: sort, projection: projection,
            upsert: upsert, returning: returning, hint: hint, collation: collation)
    }

    /// Deletes the first document that a filter of your own type finds, and returns it.
    @discardableResult
    @_disfavoredOverload
    public func findOneAndDelete(
        _ filter: some Encodable, sort: BSONDocument? = nil, projection: BSONDocument? = nil, hint: BSONValue? = nil,
        collation: BSONDocument? = nil
    ) async throws -> BSONDocument? {
        try await findOneAndDelete(
            document(filter, in: "findOneAndDelete"), sort: sort, projection: projection, hint: hint,
            collation: collation)
    }

    /// Deletes the first document that a filter of your own type finds.
    @discardableResult
    @_disfavoredOverload
    public func deleteOne(
        _ filter: some Encodable, hint: BSONValue? = nil, collation: BSONDocument? = nil
    ) async throws -> DeleteResult {
        try await deleteOne(document(filter, in: "deleteOne"), hint: hint, collation: collation)
    }

    /// Deletes all documents that a filter of your own type finds.
    @discardableResult
    @_disfavoredOverload
    public func deleteMany(
        _ filter: some Encodable, hint: BSONValue? = nil, collation: BSONDocument? = nil
    ) async throws -> DeleteResult {
        try await deleteMany(document(filter, in: "deleteMany"), hint: hint, collation: collation)
    }

    /// Counts the documents that a filter of your own type finds.
    @_disfavoredOverload
    public func countDocuments(
        _ filter: some Encodable, skip: Int = 0, limit: Int = 0, hint: BSONValue? = nil, collation: BSONDocument? = nil
    ) async throws -> Int {
        try await countDocuments(
            document(filter, in: "countDocuments"), skip: skip, limit: limit, hint: hint, collation: collation)
    }

    /// Returns the distinct values of a field in the documents that a filter of your own type finds.
    @_disfavoredOverload
    public func distinct(
        _ field: String, _ filter: some Encodable, collation: BSONDocument? = nil
    ) async throws -> [BSONValue] {
        try await distinct(field, document(filter, in: "distinct"), collation: collation)
    }
}
