import CloudFunctions

/// Inserts a document and finds it again; `make bench` calls this function.
@Exposed
func insertAndFind(_ context: FunctionContext, text: String) async throws -> BSONDocument? {
    let store = try context.require(\.documentStore)
    let id = try await store.insertOne(["text": .string(text), "author": "usr1", "likes": 3]).insertedID
    return try await store.findOne(["_id": id])
}
