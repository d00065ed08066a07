import Foundation
import TestSupport
import Testing
import Values

/// Tests of many operations on documents, from many workers and within one.
@Suite(.supervised, .tags(.large))
struct StoreLoadTests {
    private static let files = [
        "functions/load.swift": """
        import CloudFunctions
        import FoundationEssentials
        import Glibc

        /// Begins once all lanes are there, each in a worker of its own.
        @Exposed func insert(_ context: FunctionContext, lane: Int, lanes: Int, count: Int) async throws -> Int {
            let store = try context.require(\\.documentStore)
            try await store.insertOne(["present": BSONValue(lane)])
            while try await store.countDocuments(["present": ["$exists": true]]) < lanes { await Task.yield() }
            for number in 0..<count { try await store.insertOne(["lane": BSONValue(lane), "number": BSONValue(number)]) }
            return Int(getpid())
        }

        @Exposed(memory: .megabytes(64)) func crowd(_ context: FunctionContext, tasks: Int) async throws -> Int {
            let store = try context.require(\\.documentStore)
            try await withThrowingTaskGroup { group in
                for number in 0..<tasks {
                    group.addTask {
                        try await store.insertOne(["crowd": BSONValue(number)])
                        _ = try await store.countDocuments()
                    }
                }
                try await group.waitForAll()
            }
            return try await store.countDocuments(["crowd": ["$exists": true]])
        }

        struct Counts: Encodable { var documents: Int; var different: Int }

        @Exposed func counts(_ context: FunctionContext) async throws -> Counts {
            let store = try context.require(\\.documentStore)
            let groups = store.aggregate([
                ["$match": ["lane": ["$exists": true]]], ["$group": ["_id": ["lane": "$lane", "number": "$number"]]],
                ["$count": "count"],
            ])
            return Counts(
                documents: try await store.countDocuments(["lane": ["$exists": true]]),
                different: Int(try await groups.all().first?["count"]?.integer ?? 0))
        }

        /// Carries out operations of all kinds, and answers with how many bytes of memory the worker has after it.
        @Exposed(timeout: .seconds(290)) func churn(_ context: FunctionContext, operations: Int) async throws -> Int {
            let store = try context.require(\\.documentStore)
            let filter: BSONDocument = ["_id": ["$lt": 10]]
            try await store.deleteMany([:])
            try await store.insertMany((0..<300).map { ["_id": .int32($0), "text": "some text that takes an allocation"] as BSONDocument })
            for number in 0..<operations / 10 {
                let id = BSONValue.int32(Int32(1_000 + number))
                try await store.insertOne(["_id": id, "list": [1, "two", ["three": 3.0]]])
                _ = try await store.findOne(["_id": id])
                try await store.updateOne(["_id": id], ["$set": ["text": "other"]])
                try await store.findOneAndReplace(["_id": id], ["text": "replaced"], returning: .after)
                _ = try await store.countDocuments(filter)
                for try await _ in store.find(batchSize: 2) { break }
                _ = try await store.aggregate([["$match": .document(filter)]]).all()
                _ = try? await store.insertOne(["_id": 1])
                _ = try? await store.find(["$bogus": 1]).all()
                try await store.bulkWrite([.updateMany(filter, ["$inc": ["n": 1]]), .deleteOne(["_id": id])])
            }
            // Glibc keeps what was freed unless it is asked not to; Swift does not see the function that asks.
            typealias Trim = @convention(c) (Int) -> Int32
            if let trim = dlsym(nil, "malloc_trim") { _ = unsafeBitCast(trim, to: Trim.self)(0) }
            let sizes = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")
            return (Int(sizes[1]) ?? 0) * 4096
        }
        """
    ]

    private static let company = [("Ingress-Context", #"{"company":{"publicId":"acme","name":"C"}}"#)]

    @Test func workersTogetherLoseNoInsertAndDoubleNone() throws {
        let workspace = try RunningWorkspace(
            Self.files, flags: ["--workers-max", "8"], environment: ["DOCUMENT_STORE": "mongod"])
        try workspace.waitUntilBuilt()
        let calls = (0..<8).map { lane in
            BackgroundCall(
                "load.insert", #"{"lane":\#(lane),"lanes":8,"count":1000}"#, headers: Self.company, of: workspace)
        }
        let workers = try Set(calls.map { try $0.wait().json.integer })
        #expect(workers.count == 8 && !workers.contains(nil))
        let counts = try workspace.call("load.counts", headers: Self.company).json
        #expect(counts == ["documents": 8_000, "different": 8_000])
    }

    @Test func manyOperationsAtOneTimeTakeLittleMemory() throws {
        let workspace = try RunningWorkspace(Self.files, environment: ["DOCUMENT_STORE": "mongod"])
        for _ in 0..<3 {
            let answer = try workspace.call("load.crowd", #"{"tasks":1000}"#, headers: Self.company)
            #expect(answer.status == 200, "\(answer.body) \(workspace.console)")
        }
        #expect(try workspace.call("load.crowd", #"{"tasks":1}"#, headers: Self.company).json == 3_001)
    }

    @Test func manyOperationsLeaveNoMemoryBehind() throws {
        let workspace = try RunningWorkspace(
            Self.files, flags: ["--workers-max", "1"], environment: ["DOCUMENT_STORE": "mongod"])
        func churn(_ operations: Int) throws -> Int64 {
            let answer = try workspace.call("load.churn", #"{"operations":\#(operations)}"#, headers: Self.company)
            return try #require(answer.json.integer, "\(answer.body)")
        }
        _ = try churn(2_000)
        let before = try churn(2_000)
        let after = try churn(rounds(100_000, quick: 40_000))
        // A leak of one empty document per reply would be 12 MB, or 4.8 MB for the smaller number of operations.
        #expect(after - before < 3_000_000, "\(before) bytes before, \(after) after")
    }
}
