import Dispatch
import Documents
import Glibc
import MongoClient
import TestSupport
import Testing

/// Tests of cancelled tasks, and of servers that stop and come back.
@Suite(.supervised)
struct InterruptionTests {
    /// Returns a filter that takes the server that many seconds for each document.
    private static func slow(_ seconds: Int) -> BSONDocument {
        ["$where": .string("sleep(\(seconds * 1_000)) || true")]
    }

    /// Returns the number of operations that are running on the server in that database.
    private static func operations(in database: String) async throws -> Int {
        let client = try await MongoServer.shared.get().client()
        let command: BSONDocument = [
            "aggregate": 1, "cursor": [:],
            "pipeline": [["$currentOp": [:]], ["$match": ["ns": .string("\(database).documents")]]],
        ]
        return try await client.run(command)["cursor"]?["firstBatch"]?.array?.count ?? 0
    }

    @Test(arguments: ["find", "aggregate", "countDocuments", "updateOne", "deleteMany", "findOneAndDelete"])
    func aCancelledTaskReturnsAtOnceAndTheServerStops(operation: String) async throws {
        let (store, database) = try await MongoServer.namedCollection()
        try await store.insertOne(["k": 1])
        let task = Task {
            let filter = Self.slow(3600)
            switch operation {
            case "find": _ = try await store.find(filter).all()
            case "aggregate": _ = try await store.aggregate([["$match": ["$expr": Self.busy]]]).all()
            case "countDocuments": _ = try await store.countDocuments(["$expr": Self.busy])
            case "updateOne": try await store.updateOne(filter, ["$set": ["k": 2]])
            case "deleteMany": try await store.deleteMany(filter)
            default: try await store.findOneAndDelete(filter)
            }
        }
        try await eventually("the server is at work") { try await Self.operations(in: database) > 0 }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        try await eventually("the server has stopped") { try await Self.operations(in: database) == 0 }
        #expect(try await store.findOne()?["k"] == 1, "the store goes on")
    }

    /// An expression that takes an hour.
    private static let busy: BSONValue = [
        "$function": ["body": "function() { sleep(3600000); return true }", "args": [], "lang": "js"]
    ]

    @Test func operationsAtOneTimeDoNotWaitForOneAnother() async throws {
        let (store, database) = try await MongoServer.namedCollection()
        try await store.insertOne(["k": 1])
        let tasks = (0..<60).map { _ in Task { try await store.find(Self.slow(3600)).all() } }
        try await eventually("the server is at work on all of them") {
            try await Self.operations(in: database) == 60
        }
        for task in tasks { task.cancel() }
        for task in tasks { await #expect(throws: CancellationError.self) { try await task.value } }
        try await eventually("the server has stopped") { try await Self.operations(in: database) == 0 }
    }

    @Test func anOperationThatHasTheOnlyConnectionIsCancelledToo() async throws {
        let uri = try await MongoServer.shared.get().ready()
        let database = MongoServer.newDatabase()
        let client = try MongoClient(uri: uri + "?maxPoolSize=1&waitQueueTimeoutMS=30000")
        let store = DocumentStore(connection: client, database: database, collection: "documents")
        try await store.insertOne(["k": 1])
        let task = Task { try await store.find(Self.slow(3600)).all() }
        try await eventually("the server is at work") { try await Self.operations(in: database) > 0 }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try await store.countDocuments() == 1)
    }

    @Test func manyTasksThatAreCancelledAtAnyMomentLeaveNothingBehind() async throws {
        let uri = try await MongoServer.shared.get().ready()
        let client = try MongoClient(uri: uri + "?maxPoolSize=4")
        let database = MongoServer.newDatabase()
        let store = DocumentStore(connection: client, database: database, collection: "documents")
        try await store.insertMany((0..<300).map { ["n": .int32($0)] as BSONDocument })
        var completed = 0
        for index in 0..<400 {
            let task = Task {
                switch index % 3 {
                case 0: _ = try await store.find(batchSize: 50).all()
                case 1: _ = try await store.countDocuments()
                default: try await store.updateOne(["n": 1], ["$inc": ["count": 1]])
                }
            }
            try await Task.sleep(for: .microseconds(index * 7 % 900))
            task.cancel()
            do { try await task.value; completed += 1 } catch is CancellationError {}
        }
        #expect(completed < 400)
        // Every connection was returned, and no later operation was hit by the interruption of an earlier one.
        for _ in 0..<50 {
            #expect(try await store.countDocuments() == 300)
            #expect(try await store.find(batchSize: 50).all().count == 300)
        }
        try await eventually("the server is idle") { try await Self.operations(in: database) == 0 }
    }

    @Test(arguments: [SIGKILL, SIGTERM])
    func aServerThatEndsDuringACallFailsIt(signal: Int32) async throws {
        let server = try MongoServer()
        let client = try await server.client()
        let store = DocumentStore(connection: client, database: "killed", collection: "c")
        try await store.insertOne(["k": 1])
        let task = Task { try await store.find(Self.slow(3600)).all() }
        try await eventually("the server is at work") {
            let command: BSONDocument = [
                "aggregate": 1, "cursor": [:], "pipeline": [["$currentOp": [:]], ["$match": ["ns": "killed.c"]]],
            ]
            let reply = try await client.run(command)
            return reply["cursor"]?["firstBatch"]?.array?.isEmpty == false
        }
        server.stop(signal)
        let error = try #require(await #expect(throws: DocumentStoreError.self) { try await task.value })
        #expect(error.kind == .unavailable, "\(error)")
        #expect(error.operation == "find")
        #expect(error.remedy != nil)
    }

    @Test func aServerThatIsKilledDuringACursorFailsItAndIsFoundAgain() async throws {
        let server = try MongoServer()
        let client = try await server.client()
        let store = DocumentStore(connection: client, database: "cursor", collection: "c")
        try await store.insertMany((0..<1_000).map { ["n": .int32($0)] as BSONDocument })
        var read = 0
        let error = await #expect(throws: DocumentStoreError.self) {
            for try await _ in store.find(batchSize: 100) {
                read += 1
                if read == 150 { server.stop() }
            }
        }
        #expect(error?.kind == .unavailable)
        #expect(read == 200, "what had come is handed out")
        let again = try MongoServer(port: server.port)
        _ = try await again.client()
        try await eventually("it is found again") { (try? await store.insertOne(["a": 3])) != nil }
        #expect(try await store.countDocuments() == 1)
    }

    @Test func aServerThatIsNotThereIsSaidWithinThreeSeconds() async throws {
        let server = try MongoServer()
        let client = try await server.client()
        let store = DocumentStore(connection: client, database: "gone", collection: "c")
        try await store.insertOne(["a": 1])
        server.stop()
        let operations: [(String, @Sendable () async throws -> Void)] = [
            ("insertOne", { try await store.insertOne(["a": 2]) }),
            ("find", { _ = try await store.find().all() }),
            ("countDocuments", { _ = try await store.countDocuments() }),
            ("createIndexes", { try await store.createIndex(DocumentIndex(["a": 1])) }),
        ]
        for (name, operation) in operations {
            let start = ContinuousClock.now
            let error = await #expect(throws: DocumentStoreError.self) { try await operation() }
            #expect(error?.kind == .unavailable)
            #expect(error?.operation == name)
            // The limit is 3 s; the driver's own limit would be 30 s.
            #expect(.now - start < .seconds(25))
        }
    }
}

extension MongoClient {
    /// Runs a command on the database `admin`.
    fileprivate func run(_ command: BSONDocument) async throws -> BSONDocument {
        try await perform(.read(command), on: DocumentNamespace(database: "admin", collection: "c"))
    }
}
