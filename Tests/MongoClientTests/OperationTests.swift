import Documents
import Foundation
import TestSupport
import Testing

@Suite(.supervised)
struct OperationTests {
    struct Note: Codable, Equatable {
        var _id = ObjectID()
        var text: String
        var likes: Int
        var tags: [String]?
    }

    @Test func insertsAndFindsValuesOfOnesOwn() async throws {
        let store = try await MongoServer.collection()
        let note = Note(text: "Oil", likes: 3, tags: ["a", "b"])
        #expect(try await store.insertOne(note).insertedID == .objectID(note._id))
        #expect(try await store.findOne(["_id": .objectID(note._id)], as: Note.self) == note)
        #expect(try await store.find(["likes": ["$gt": 2]]).all(as: Note.self) == [note])
        #expect(try await store.findOne(["likes": 4]) == nil)
    }

    @Test func givesDocumentsAnIdentityAndPutsItFirst() async throws {
        let store = try await MongoServer.collection()
        let one = try await store.insertOne(["k": 1]).insertedID
        let own = try await store.insertOne(["k": 2, "_id": "mine"]).insertedID
        let many = try await store.insertMany([["k": 3], ["_id": 4, "k": 4]]).insertedIDs
        #expect(one.objectID != nil)
        #expect(own == "mine")
        #expect(many.count == 2 && many[0].objectID != nil && many[1] == 4)
        #expect(try await store.findOne(["k": 1])?.keys == ["_id", "k"])
    }

    @Test func sortsSkipsLimitsAndProjects() async throws {
        let store = try await MongoServer.collection()
        try await store.insertMany((1...5).map { ["k": BSONValue($0), "v": "x"] })
        let found = try await store.find(
            ["k": ["$lt": 5]], sort: ["k": -1], skip: 1, limit: 2, projection: ["_id": 0, "k": 1]
        ).all()
        #expect(found == [["k": 3], ["k": 2]])
        #expect(try await store.findOne(sort: ["k": -1], skip: 1, projection: ["_id": 0])?["k"] == 4)
    }

    @Test func tellsWhatUpdatesDid() async throws {
        let store = try await MongoServer.collection()
        try await store.insertMany([["k": 1], ["k": 2], ["k": 3]])
        let same = try await store.updateOne(["k": 1], ["$set": ["k": 1]])
        #expect((same.matchedCount, same.modifiedCount, same.upsertedID) == (1, 0, nil))
        let many = try await store.updateMany(["k": ["$gte": 2]], ["$inc": ["n": 5]])
        #expect((many.matchedCount, many.modifiedCount) == (2, 2))
        let pipeline = try await store.updateMany(["k": 3], pipeline: [["$set": ["m": ["$add": ["$k", "$n"]]]]])
        #expect(pipeline.modifiedCount == 1)
        #expect(try await store.findOne(["k": 3])?["m"] == 8)
        let upsert = try await store.updateOne(["_id": "new"], ["$set": ["k": 9]], upsert: true)
        #expect((upsert.matchedCount, upsert.upsertedID) == (0, "new"))
        #expect(try await store.updateOne(["k": 99], ["$set": ["k": 1]]).matchedCount == 0)
    }

    @Test func changesTheElementsThatArrayFiltersName() async throws {
        let store = try await MongoServer.collection()
        try await store.insertOne(["_id": 1, "list": [1, 5, 9]])
        try await store.updateOne(
            ["_id": 1], ["$set": ["list.$[big]": 0]], arrayFilters: [["big": ["$gt": 4]]])
        #expect(try await store.findOne()?["list"] == [1, 0, 0])
    }

    @Test func tellsWhatDeletionsDid() async throws {
        let store = try await MongoServer.collection()
        try await store.insertMany([["k": 1], ["k": 1], ["k": 2]])
        #expect(try await store.deleteOne(["k": 1]).deletedCount == 1)
        #expect(try await store.deleteOne(["k": 7]).deletedCount == 0)
        #expect(try await store.deleteMany([:]).deletedCount == 2)
    }

    @Test func keepsEachKindOfValueAsItWas() async throws {
        let store = try await MongoServer.collection()
        var document: BSONDocument = [
            "_id": 1, "double": 1.5, "string": "héllo \u{0} 日本語", "document": ["b": 1, "a": [:]],
            "array": [1, nil, ["x"]],
            "binary": .binary(BSONBinary([0, 255], subtype: 128)), "id": .objectID(ObjectID()), "true": true,
            "date": .date(Date(timeIntervalSince1970: 1_700_000_000.25)),
            "old": .date(Date(timeIntervalSince1970: -5_000_000_000)),
            "null": nil, "regex": .regex(BSONRegex("^a", options: "mi")), "int32": .int32(.min), "int64": .int64(.max),
            "timestamp": .timestamp(BSONTimestamp(seconds: .max, increment: 7)), "least": .minKey, "greatest": .maxKey,
            "code": .javaScript("f()"), "scoped": .javaScriptWithScope("f()", ["x": 1]), "symbol": .symbol("s"),
            "pointer": .dbPointer(collection: "c", id: ObjectID()), "undefined": .undefined,
        ]
        document["decimal"] = Decimal128("-1.50").map(BSONValue.decimal128)
        try await store.insertOne(document)
        #expect(try await store.findOne() == document)
    }

    @Test func readsManyDocumentsInBatches() async throws {
        let store = try await MongoServer.collection()
        try await store.insertMany((0..<10_000).map { ["_id": BSONValue($0)] })
        var count = 0
        for try await document in store.find(sort: ["_id": 1], batchSize: 500) {
            #expect(document["_id"]?.integer == Int64(count))
            count += 1
        }
        #expect(count == 10_000)
        #expect(try await store.find().all().count == 10_000)
    }

    @Test func concurrentCallersLoseNothing() async throws {
        let store = try await MongoServer.collection()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<8 {
                group.addTask {
                    for number in 0..<200 {
                        try await store.insertOne(["task": BSONValue(task), "n": BSONValue(number)])
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await store.find().all().count == 1_600)
    }

    @Test func aCancelledTaskSendsNothing() async throws {
        let store = try await MongoServer.collection()
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await store.insertOne(["k": 1])
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try await store.findOne() == nil)
    }
}
