import Documents
import Foundation
import MongoClient
import TestSupport
import Testing

@Suite(.supervised)
struct TimeSeriesTests {
    private struct Measurement: Codable, Equatable {
        var timestamp: Date
        var metadata: String
        var value: Double
    }

    /// Returns a time series in a database of its own, and the name of that database.
    private static func timeSeries() async throws -> (TimeSeries, database: String) {
        let database = MongoServer.newDatabase()
        let client = try await MongoServer.shared.get().client()
        return (TimeSeries(connection: client, database: database, collection: "cloud_function_pid"), database)
    }

    private static let first = Date(timeIntervalSince1970: 1_700_000_000)

    @Test func measurementsAreFoundAndSummedUp() async throws {
        let (series, _) = try await Self.timeSeries()
        let measurements = (0..<120).map { minute in
            Measurement(
                timestamp: Self.first + Double(minute) * 60, metadata: minute % 2 == 0 ? "even" : "odd",
                value: Double(minute))
        }
        #expect(try await series.insertMany(measurements).insertedIDs.count == 120)
        #expect(
            try await series.find(["metadata": "odd"], sort: ["timestamp": 1], limit: 2).all(as: Measurement.self)
                == [measurements[1], measurements[3]])
        #expect(
            try await series.findOne(["value": 7.0], as: Measurement.self) == measurements[7])
        #expect(
            try await series.findOne(["value": 7.0] as [String: Double])?.decoded(as: Measurement.self)
                == measurements[7])
        let sums = try await series.aggregate([
            ["$group": ["_id": "$metadata", "sum": ["$sum": "$value"]]], ["$sort": ["_id": 1]],
        ]).all()
        #expect(sums == [["_id": "even", "sum": 3540.0], ["_id": "odd", "sum": 3600.0]])
    }

    @Test func theCollectionIsARealTimeSeries() async throws {
        let (series, database) = try await Self.timeSeries()
        for value in [1.0, 2.0] {
            try await series.insertOne([
                "timestamp": .date(Self.first), "metadata": ["sensor": "a"], "value": .double(value),
            ])
        }
        let client = try await MongoServer.shared.get().client()
        let reply = try await client.perform(
            .read(["listCollections": 1, "filter": ["name": "cloud_function_pid_ts"]]),
            on: DocumentNamespace(database: database, collection: "c"))
        let collection = reply["cursor"]?["firstBatch"]?[0]
        #expect(collection?["type"] == "timeseries")
        #expect(collection?["options"]?["timeseries"]?["timeField"] == "timestamp")
        #expect(collection?["options"]?["timeseries"]?["metaField"] == "metadata")
    }

    @Test func thereIsNothingBeforeTheFirstMeasurement() async throws {
        let (series, _) = try await Self.timeSeries()
        #expect(try await series.findOne() == nil)
        #expect(try await series.find().all() == [])
        #expect(try await series.aggregate([["$match": [:]]]).all() == [])
    }

    @Test func aMeasurementNeedsATime() async throws {
        let (series, _) = try await Self.timeSeries()
        let error = await #expect(throws: DocumentStoreError.self) { try await series.insertOne(["value": 1]) }
        #expect(error?.collection == "cloud_function_pid_ts")
        #expect(error?.message.contains("timestamp") == true, "\(String(describing: error))")
    }
}
