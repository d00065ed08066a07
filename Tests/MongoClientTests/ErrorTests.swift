import Documents
import Foundation
import MongoClient
import TestSupport
import Testing

@Suite(.supervised)
struct ErrorTests {
    private func error(_ body: () async throws -> Void) async throws -> DocumentStoreError {
        try #require(await #expect(throws: DocumentStoreError.self) { try await body() })
    }

    @Test(
        arguments: [
            (["k": ["$bogus": 1]], nil, "BadValue"), (["$bogus": 1], nil, "BadValue"),
            ([:], ["a": 1, "b": 0], "Location31254"), (["v": ["$regex": "("]], nil, "Location51091"),
        ] as [(BSONDocument, BSONDocument?, String)])
    func namesTheServersCode(filter: BSONDocument, projection: BSONDocument?, codeName: String) async throws {
        let store = try await MongoServer.collection()
        let error = try await error { _ = try await store.find(filter, projection: projection).all() }
        #expect(error.kind == .refused)
        #expect(error.codeName == codeName)
        #expect(error.operation == "find")
        #expect(error.description.contains("find on collection 'documents'"))
    }

    @Test func namesTheDocumentThatWasNotWritten() async throws {
        let store = try await MongoServer.collection()
        try await store.insertOne(["_id": "mine"])
        let one = try await error { try await store.insertOne(["_id": "mine"]) }
        #expect((one.kind, one.code, one.codeName) == (.writeFailed, 11000, nil))
        let many = try await error { try await store.insertMany([["_id": "m1"], ["_id": "mine"], ["_id": "m2"]]) }
        #expect(many.writeErrors.map(\.index) == [1])
        #expect(try await store.find().all().count == 2)
        _ = try await error {
            try await store.insertMany([["_id": "mine"], ["_id": "m3"]], ordered: false)
        }
        #expect(try await store.find().all().count == 3)
    }

    @Test(arguments: [true, false])
    func saysWhyAMessageOfManyWasNotTaken(ordered: Bool) async throws {
        let store = try await MongoServer.collection()
        let error = try await error {
            try await store.bulkWrite(
                [
                    .insertOne(["_id": 1]), .updateOne([:], pipeline: [["$bogus": 1]]), .insertOne(["_id": 2]),
                    .deleteOne(["_id": 1]),
                ], ordered: ordered)
        }
        #expect((error.kind, error.code) == (.refused, 40324))
        #expect(error.message.contains("$bogus"))
        #expect(try await store.find().all() == [["_id": 1]])
    }

    @Test func tellsWhatOfManyUnorderedWritesWasDone() async throws {
        let store = try await MongoServer.collection()
        let error = try await error {
            try await store.bulkWrite(
                [
                    .insertOne(["_id": 1]), .insertOne(["_id": 1]),
                    .updateOne(["_id": "u"], ["$set": ["k": 1]], upsert: true),
                    .insertOne(["_id": 2]), .insertOne(["_id": 2]), .deleteOne(["_id": 2]),
                    .replaceOne(["_id": "v"], ["k": 1], upsert: true), .updateOne(["_id": 1], ["$set": ["k": 2]]),
                ], ordered: false)
        }
        #expect(error.writeErrors.map(\.index) == [1, 4])
        let done = try #require(error.partialResult)
        #expect(done.upsertedIDs == [2: "u", 6: "v"])
        #expect(done.insertedIDs == [0: 1, 3: 2])
        #expect((done.insertedCount, done.deletedCount, done.matchedCount, done.modifiedCount) == (2, 1, 1, 1))
    }

    @Test func namesWhatCannotBeSent() async throws {
        let store = try await MongoServer.collection()
        #expect(try await error { try await store.insertMany([] as [BSONDocument]) }.kind == .invalidDocument)
        #expect(try await error { try await store.insertOne(["a\u{0}b": 1]) }.message.contains("zero byte"))
        var deep = BSONDocument()
        for _ in 0..<200 { deep = ["d": .document(deep)] }
        #expect(try await error { try await store.insertOne(deep) }.message.contains("100 levels"))
        #expect(try await error { try await store.updateOne([:], ["plain": 1]) }.kind == .invalidDocument)
        let bogus = try await error { try await store.updateOne([:], ["$bogus": ["v": 1]]) }
        #expect((bogus.kind, bogus.codeName) == (.writeFailed, nil))
    }

    @Test func anEmptyUpdateReplacesNothing() async throws {
        let store = try await MongoServer.collection()
        try await store.insertOne(["_id": 1, "kept": true])
        for error in [
            try await error { try await store.updateOne([:], [:]) },
            try await error { try await store.updateMany([:], [:]) },
            try await error { try await store.updateOne([:], pipeline: []) },
            try await error { try await store.updateMany([:], pipeline: []) },
        ] {
            #expect(error.kind == .invalidDocument)
            #expect(error.message == "The update is empty")
        }
        #expect(try await store.findOne()?["kept"] == true)
    }

    @Test func tooManyOpenResultsAreSaid() async throws {
        let uri = try await MongoServer.shared.get().ready()
        let client = try MongoClient(uri: uri + "?maxPoolSize=1&waitQueueTimeoutMS=200")
        let store = DocumentStore(connection: client, database: "crowded", collection: "c")
        try await store.insertMany((0..<300).map { ["n": .int32($0)] as BSONDocument })
        let error = try await error {
            for try await _ in store.find() { try await store.insertOne(["n": 4]) }
        }
        #expect(error.kind == .unavailable)
        #expect(error.message.contains("All connections are in use"))
        #expect(error.remedy?.contains("all()") == true)
        #expect(try await store.find().all().count == 300, "the connection came back")
    }

    @Test(arguments: [
        "admin", "Local", "config", "", "a b", "a/b", "a.b", "a$b", "a\"b",
    ])
    func refusesNamesThatAreNoDatabase(name: String) async throws {
        let client = try await MongoServer.shared.get().client()
        let error = try await error {
            try await DocumentStore(connection: client, database: name, collection: "c").insertOne(["a": 1])
        }
        #expect(error.kind == .invalidName)
        #expect(error.message.contains(name.debugDescription))
    }

    @Test func aConnectionStringThatIsNoneShowsNoPassword() throws {
        let error = #expect(throws: DocumentStoreError.self) {
            _ = try MongoClient(uri: "mongodb://ada:s3cret@@host:port/")
        }
        #expect(error?.kind == .unavailable)
        #expect(error?.description.contains("s3cret") == false)
        let half = #expect(throws: DocumentStoreError.self) {
            _ = try MongoClient(uri: "mongodb://ada:p@ss@127.0.0.1:1/")
        }
        #expect(half?.message == "The connection string has an @ in user or password")
    }

    @Test func aWrongPasswordIsNoMatterOfTheFunction() async throws {
        let server = try await MongoServer.shared.get().ready()
        let uri = server.replacingOccurrences(of: "://", with: "://bob:s3cret@")
        let store = DocumentStore(connection: try MongoClient(uri: uri), database: "auth", collection: "c")
        let error = try await error { try await store.insertOne(["a": 1]) }
        #expect(error.kind == .unavailable, "\(error)")
        #expect(error.remedy?.contains("password") == true)
        #expect(!error.description.contains("s3cret"))
    }

    @Test func writesThatAreNotAcknowledgedAreRefused() {
        let error = #expect(throws: DocumentStoreError.self) { _ = try MongoClient(uri: "mongodb://127.0.0.1:1/?w=0") }
        #expect(error?.message.contains("w=0") == true)
    }

    @Test func aDocumentThatIsTooLargeIsNotSent() async throws {
        let store = try await MongoServer.collection()
        let error = try await error {
            try await store.insertOne(["text": .string(String(repeating: "x", count: 50 << 20))])
        }
        #expect(error.kind == .invalidDocument)
        #expect(error.message.contains("bytes; MongoDB takes documents of 16 MB"))
    }

    @Test func documentsOfTheGreatestDepthAreWrittenAndRead() async throws {
        let store = try await MongoServer.collection()
        var deep: BSONDocument = ["_id": 1]
        for _ in 1..<100 { deep = ["_id": 1, "d": .document(deep)] }
        try await store.insertOne(deep)
        #expect(try await store.findOne() == deep)
        #expect(
            try await store.updateOne([:], ["$set": ["d.e": .document(deep["d"]?.document ?? [:])]]).modifiedCount == 1)
        #expect(try await store.replaceOne(["_id": 1], deep).modifiedCount == 1)
        try await store.bulkWrite([.replaceOne(["_id": 1], deep), .insertOne(["_id": 2])])
    }

    @Test func aQueryThatFailsMayBeTheLastThingThatAClientDoes() async throws {
        let uri = try await MongoServer.shared.get().ready()
        for _ in 0..<20 {
            let store = DocumentStore(connection: try MongoClient(uri: uri), database: "last", collection: "c")
            await #expect(throws: DocumentStoreError.self) { try await store.find(["$bogus": 1]).all() }
        }
    }
}
