import CloudFunctions

@Exposed("is_none")
func isNone(_ context: FunctionContext) -> Bool { context.documentStore == nil }

@Exposed("ts_none")
func tsNone(_ context: FunctionContext) -> Bool { context.timeSeries == nil }

@Exposed
func reset(_ context: FunctionContext) async throws -> Int {
    try await context.require(\.documentStore).deleteMany([:]).deletedCount
}

@Exposed("insert_one")
func insertOne(_ context: FunctionContext, doc: JSONObject) async throws -> BSONValue {
    try await context.require(\.documentStore).insertOne(doc).insertedID
}

@Exposed("insert_many")
func insertMany(_ context: FunctionContext, docs: [JSONObject]) async throws -> [BSONValue] {
    try await context.require(\.documentStore).insertMany(docs).insertedIDs
}

@Exposed("find_one")
func findOne(_ context: FunctionContext, filter: JSONObject = [:]) async throws -> BSONDocument? {
    withoutID(try await context.require(\.documentStore).findOne(filter))
}

@Exposed
func find(
    _ context: FunctionContext, filter: JSONObject = [:], sort: [[JSONValue]]?, skip: Int = 0, limit: Int = 0,
    projection: JSONObject?
) async throws -> [BSONDocument] {
    let order = try sort.map { pairs in
        BSONDocument(try pairs.map { ($0.first?.string ?? "", try BSONValue($0.last ?? 1)) })
    }
    let found = try await context.require(\.documentStore).find(
        BSONDocument(filter), sort: order, skip: skip, limit: limit, projection: projection.map { try BSONDocument($0) }
    )
    return try await found.all().compactMap(withoutID)
}

struct Updated: Encodable {
    var matched, modified: Int
    var upsertedID: BSONValue

    enum CodingKeys: String, CodingKey {
        case matched, modified
        case upsertedID = "upserted_id"
    }
}

@Exposed("update_one")
func updateOne(_ context: FunctionContext, filter: JSONObject, update: JSONValue) async throws -> Updated {
    let store = try context.require(\.documentStore)
    let result =
        if let stages = update.array {
            try await store.updateOne(BSONDocument(filter), pipeline: stages.map(document))
        } else {
            try await store.updateOne(BSONDocument(filter), document(update))
        }
    return updated(result)
}

@Exposed("update_many")
func updateMany(_ context: FunctionContext, filter: JSONObject, update: JSONObject) async throws -> Updated {
    updated(try await context.require(\.documentStore).updateMany(BSONDocument(filter), BSONDocument(update)))
}

@Exposed("delete_one")
func deleteOne(_ context: FunctionContext, filter: JSONObject) async throws -> Int {
    try await context.require(\.documentStore).deleteOne(filter).deletedCount
}

@Exposed("delete_many")
func deleteMany(_ context: FunctionContext, filter: JSONObject) async throws -> Int {
    try await context.require(\.documentStore).deleteMany(filter).deletedCount
}

private func document(_ value: JSONValue) throws -> BSONDocument { try BSONDocument(value.object ?? [:]) }

private func updated(_ result: UpdateResult) -> Updated {
    Updated(matched: result.matchedCount, modified: result.modifiedCount, upsertedID: result.upsertedID ?? .null)
}

private func withoutID(_ document: BSONDocument?) -> BSONDocument? {
    var document = document
    document?["_id"] = nil
    return document
}
