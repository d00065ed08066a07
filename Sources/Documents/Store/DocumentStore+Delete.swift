extension DocumentStore {
    /// Deletes the first document that the filter finds.
    @discardableResult
    public func deleteOne(_ filter: BSONDocument) async throws -> DeleteResult {
        DeleteResult(reply: try await perform(.deleteOne(filter: filter)))
    }

    /// Deletes the first document that a filter of your own type finds.
    @discardableResult
    @_disfavoredOverload
    public func deleteOne(_ filter: some Encodable) async throws -> DeleteResult {
        try await deleteOne(document(filter, in: "deleteOne"))
    }

    /// Deletes all documents that the filter finds; all of the collection's for `[:]`.
    @discardableResult
    public func deleteMany(_ filter: BSONDocument) async throws -> DeleteResult {
        DeleteResult(reply: try await perform(.deleteMany(filter: filter)))
    }

    /// Deletes all documents that a filter of your own type finds.
    @discardableResult
    @_disfavoredOverload
    public func deleteMany(_ filter: some Encodable) async throws -> DeleteResult {
        try await deleteMany(document(filter, in: "deleteMany"))
    }
}
