import Documents
import TestSupport
import Testing

/// Tests of writes of several documents, and of filters of custom types.
@Suite(.supervised)
struct WriteTests {
    private struct Counter: Codable, Equatable {
        var _id: Int
        var kind = "counter"
        var count = 0
    }

    private struct ByKind: Encodable {
        var kind: String
    }

    @Test func manyWritesAreOneOperation() async throws {
        let store = try await MongoServer.collection()
        let result = try await store.bulkWrite([
            .insertOne(Counter(_id: 1)), .insertOne(["_id": 2, "kind": "other"]), .insertOne(["kind": "third"]),
            .updateMany(["kind": "counter"], ["$inc": ["count": 2]]),
            .updateOne(["_id": 9], ["$set": ["kind": "new"]], upsert: true),
            .replaceOne(["_id": 2], ["kind": "replaced"]), .deleteOne(["kind": "third"]),
        ])
        #expect(result.insertedCount == 3)
        #expect(result.insertedIDs[0] == 1 && result.insertedIDs[1] == 2 && result.insertedIDs[2]?.objectID != nil)
        #expect((result.matchedCount, result.modifiedCount, result.deletedCount) == (2, 2, 1))
        #expect(result.upsertedIDs == [4: 9])
        #expect(
            try await store.find(sort: ["_id": 1]).all() == [
                ["_id": 1, "kind": "counter", "count": 2], ["_id": 2, "kind": "replaced"], ["_id": 9, "kind": "new"],
            ])
    }

    @Test(arguments: [true, false])
    func aFailureTellsWhichWriteItWasAndWhatWasWritten(ordered: Bool) async throws {
        let store = try await MongoServer.collection()
        let error = try #require(
            await #expect(throws: DocumentStoreError.self) {
                try await store.bulkWrite(
                    [
                        .insertOne(["_id": 1]), .updateOne(["_id": 1], ["$set": ["k": 1]]), .insertOne(["_id": 1]),
                        .insertOne(["_id": 2]), .updateOne(["_id": 1], ["$inc": ["k": "no number"]]),
                        .deleteOne(["_id": 1]),
                    ], ordered: ordered)
            })
        #expect(error.kind == .writeFailed)
        #expect(error.writeErrors.map(\.index) == (ordered ? [2] : [2, 4]))
        #expect(error.writeErrors.map(\.code) == (ordered ? [11000] : [11000, 14]))
        #expect(error.partialResult?.insertedIDs == (ordered ? [0: 1] : [0: 1, 3: 2]))
        #expect(error.partialResult?.modifiedCount == 1)
        #expect(error.partialResult?.deletedCount == (ordered ? 0 : 1))
        #expect(error.operation == "bulkWrite")
    }

    @Test func aWriteThatCannotBeSentStopsAllBeforeTheFirst() async throws {
        let store = try await MongoServer.collection()
        for bad in [
            DocumentWrite.updateOne([:], [:]), .updateMany([:], ["plain": 1]), .updateMany([:], pipeline: []),
            .replaceOne([:], ["$set": ["a": 1]]), .insertOne(["a\u{0}": 1]),
        ] {
            let error = await #expect(throws: DocumentStoreError.self) {
                try await store.bulkWrite([.insertOne(["_id": 1]), bad])
            }
            #expect(error?.kind == .invalidDocument)
        }
        #expect(try await store.countDocuments() == 0)
    }

    @Test func moreDocumentsThanOneMessageHolds() async throws {
        let store = try await MongoServer.collection()
        let text = BSONValue.string(String(repeating: "x", count: 1 << 20))
        let result = try await store.insertMany((0..<60).map { ["_id": BSONValue($0), "text": text] })
        #expect(result.insertedIDs == (0..<60).map { BSONValue($0) })
        #expect(try await store.countDocuments() == 60)
        try await store.deleteMany([:])
        try await store.insertMany((0..<100_500).map { ["_id": BSONValue($0)] as BSONDocument })
        #expect(try await store.estimatedCount() == 100_500)
        try await store.deleteMany([:])
    }

    @Test func valuesOfOnesOwnAreFilters() async throws {
        let store = try await MongoServer.collection()
        try await store.insertMany((0..<4).map { Counter(_id: $0, kind: $0 < 3 ? "counter" : "other") })
        let counters = ByKind(kind: "counter")
        #expect(try await store.find(counters, sort: ["_id": 1]).all(as: Counter.self).map(\._id) == [0, 1, 2])
        #expect(try await store.findOne(counters, sort: ["_id": -1], as: Counter.self)?._id == 2)
        #expect(try await store.findOne(ByKind(kind: "other"))?["_id"] == 3)
        #expect(try await store.countDocuments(counters) == 3)
        #expect(try await store.distinct("_id", counters) == [0, 1, 2])
        #expect(try await store.updateOne(counters, ["$inc": ["count": 1]]).modifiedCount == 1)
        #expect(try await store.updateMany(counters, pipeline: [["$set": ["count": "$_id"]]]).matchedCount == 3)
        #expect(try await store.replaceOne(ByKind(kind: "other"), Counter(_id: 3)).modifiedCount == 1)
        #expect(try await store.replaceOne(["_id": .int32(3)], Counter(_id: 3)).matchedCount == 1)
        #expect(try await store.findOneAndReplace(["_id": .int32(3), "kind": "counter"], Counter(_id: 3)) != nil)
        #expect(
            try await store.findOneAndUpdate(counters, ["$inc": ["count": 5]], sort: ["_id": -1], returning: .after)
                == ["_id": 3, "kind": "counter", "count": 5])
        #expect(
            try await store.findOneAndReplace(counters, Counter(_id: 0, kind: "new"), sort: ["_id": 1])?["kind"]
                == "counter")
        #expect(try await store.findOneAndDelete(ByKind(kind: "new"))?["_id"] == 0)
        #expect(try await store.deleteOne(counters).deletedCount == 1)
        #expect(try await store.deleteMany(counters).deletedCount == 2)
    }

    @Test func indexesAreMadeListedAndRemoved() async throws {
        let store = try await MongoServer.collection()
        #expect(try await store.listIndexes() == [])
        let unique = DocumentIndex(["a": 1, "b": -1], isUnique: true, partialFilter: ["a": ["$gt": 0]])
        let expiring = DocumentIndex(["at": 1], name: "old", isSparse: true, expireAfterSeconds: 3_600)
        #expect(try await store.createIndexes([unique, expiring]) == ["a_1_b_-1", "old"])
        #expect(try await store.createIndex(unique) == "a_1_b_-1", "it is there already")
        let listed = try await store.listIndexes()
        #expect(listed.map(\.name) == ["_id_", "a_1_b_-1", "old"])
        #expect(listed[1].isUnique && listed[1].partialFilter == ["a": ["$gt": 0]])
        #expect(listed[2] == expiring)
        try await store.dropIndex("old")
        try await store.dropIndexes()
        #expect(try await store.listIndexes().map(\.name) == ["_id_"])
        let error = await #expect(throws: DocumentStoreError.self) { try await store.dropIndex("old") }
        #expect(error?.codeName == "IndexNotFound")
    }
}
