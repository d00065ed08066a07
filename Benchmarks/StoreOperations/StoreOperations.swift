import Documents
import MongoClient
import StoreBaseline

/// A benchmark that compares operations on documents with the same calls in C.
///
/// It prints a Markdown table of microseconds per operation: medians of rounds in which both are measured in turn,
/// with one operation at a time.
///
/// Usage: `StoreOperations URI`
@main
struct StoreOperations {
    private static let rounds = 15
    private static let operations: Int32 = 400

    struct Failed: Error {
        let what: String
    }

    static func main() async throws { try await measure() }

    @concurrent private static func measure() async throws {
        guard CommandLine.arguments.count == 2 else { throw Failed(what: "usage: StoreOperations URI") }
        let uri = CommandLine.arguments[1], database = "benchmark"
        let client = try MongoClient(uri: uri)
        let store = DocumentStore(connection: client, database: database, collection: "swift")
        guard let baseline = unsafe store_baseline_new(uri, database, "c") else { throw Failed(what: "no client in C") }
        defer { unsafe store_baseline_free(baseline) }
        let other = DocumentStore(connection: client, database: database, collection: "c")
        try await store.deleteMany([:])
        try await other.deleteMany([:])

        print("| operation | C | ours | more (min–max) |\n|---|---|---|---|")
        try await compare("insertOne") {
            unsafe store_baseline_insert_one(baseline, $0) != 0
        } ours: { number in
            let document: BSONDocument = [
                "_id": .int32(number), "sensor": "boiler", "value": .double(Double(number) * 0.5),
                "tags": ["hot", "wet"],
            ]
            return try await store.insertOne(document).insertedID == .int32(number)
        }
        try await compare("findOne") {
            unsafe store_baseline_find_one(baseline, $0) != 0
        } ours: { number in
            try await store.findOne(["_id": .int32(number)]) != nil
        }
        try await compare("updateOne") {
            unsafe store_baseline_update_one(baseline, $0) != 0
        } ours: { number in
            try await store.updateOne(["_id": .int32(number)], ["$inc": ["value": 1.0]]).modifiedCount == 1
        }
        try await compare("find, 100 documents") { _ in
            unsafe store_baseline_find(baseline, 100) == 100
        } ours: { _ in
            try await store.find(["value": ["$gte": 0.0]], limit: 100).all().count == 100
        }
        try await store.deleteMany([:])
        try await other.deleteMany([:])
    }

    private static func compare(
        _ name: String, c: (Int32) -> Bool, ours: (Int32) async throws -> Bool
    ) async throws {
        var times: [(c: Double, ours: Double)] = []
        for round in 0..<Int32(rounds) {
            let numbers = round * operations..<(round + 1) * operations
            let start = ContinuousClock.now
            for number in numbers where !c(number) { throw Failed(what: "\(name) in C") }
            let middle = ContinuousClock.now
            for number in numbers where try await !ours(number) { throw Failed(what: name) }
            times.append((microseconds(middle - start), microseconds(.now - middle)))
        }
        let more = times.map { ($0.ours / $0.c - 1) * 100 }.sorted()
        let (low, middle, high) = (rounded(more[0]), rounded(more[rounds / 2]), rounded(more[rounds - 1]))
        print(
            "| \(name) | \(median(times.map(\.c))) | \(median(times.map(\.ours))) | \(middle) % (\(low)–\(high)) |")
    }

    private static func microseconds(_ duration: Duration) -> Double {
        duration / .microseconds(1) / Double(operations)
    }

    private static func median(_ values: [Double]) -> Double { rounded(values.sorted()[values.count / 2]) }

    private static func rounded(_ value: Double) -> Double { (value * 10).rounded() / 10 }
}
