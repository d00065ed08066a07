/// The measurements beside a ``DocumentStore``, in a time-series collection of MongoDB's.
///
/// In the cloud they come from devices, and functions read them. Here nothing else writes them, so functions and `workspace store import`
/// may.
///
/// ```swift
/// let hourly = context.timeSeries?.aggregate([
///     ["$match": ["metadata.sensor": "boiler"]],
///     ["$group": [
///         "_id": ["$dateTrunc": ["date": "$timestamp", "unit": "hour"]], "mean": ["$avg": "$value"],
///     ]],
/// ])
/// ```
public struct TimeSeries: Sendable {
    private let store: DocumentStore

    /// - Parameter collection: that of the documents, which the measurements' is named after.
    package init(connection: any DocumentStoreConnection, database: String, collection: String) {
        store = DocumentStore(connection: connection, database: database, collection: collection + Self.suffix)
    }

    /// What the names of time-series collections end in.
    package static let suffix = "_ts"
    /// The field that holds a measurement's time, a date.
    public static let timeField = "timestamp"
    /// The field that says whose a measurement is, any value; measurements with the same are stored together.
    public static let metaField = "metadata"

    /// The options of the collection that the first measurement makes.
    package static var collectionOptions: BSONDocument {
        ["timeseries": ["timeField": .string(timeField), "metaField": .string(metaField)]]
    }

    /// Finds measurements. They are read as the result is iterated; nothing is sent before.
    ///
    /// - Parameters: as those of ``DocumentStore/find(_:sort:skip:limit:projection:hint:collation:batchSize:)``.
    public func find(
        _ filter: BSONDocument = [:], sort: BSONDocument? = nil, skip: Int = 0, limit: Int = 0,
        projection: BSONDocument? = nil, hint: BSONValue? = nil, collation: BSONDocument? = nil, batchSize: Int? = nil
    ) -> DocumentCursor<BSONDocument> {
        store.find(
            filter, sort: sort, skip: skip, limit: limit, projection: projection, hint: hint, collation: collation,
            batchSize: batchSize)
    }

    /// Finds the first measurement.
    ///
    /// - Parameters: as those of ``DocumentStore/find(_:sort:skip:limit:projection:hint:collation:batchSize:)``.
    /// - Returns: nil when there is none.
    public func findOne(
        _ filter: BSONDocument = [:], sort: BSONDocument? = nil, skip: Int = 0, projection: BSONDocument? = nil,
        hint: BSONValue? = nil, collation: BSONDocument? = nil
    ) async throws -> BSONDocument? {
        try await store.findOne(
            filter, sort: sort, skip: skip, projection: projection, hint: hint, collation: collation)
    }

    /// Finds the first measurement and decodes it.
    ///
    /// - Parameters: as those of ``DocumentStore/find(_:sort:skip:limit:projection:hint:collation:batchSize:)``.
    /// - Returns: nil when there is none.
    /// - Throws: ``DocumentStoreError``; `DecodingError` for a measurement of another shape.
    public func findOne<Value: Decodable>(
        _ filter: BSONDocument = [:], sort: BSONDocument? = nil, skip: Int = 0, projection: BSONDocument? = nil,
        hint: BSONValue? = nil, collation: BSONDocument? = nil, as type: Value.Type
    ) async throws -> Value? {
        try await store.findOne(
            filter, sort: sort, skip: skip, projection: projection, hint: hint, collation: collation, as: type)
    }

    /// Finds measurements by a filter of your own type.
    @_disfavoredOverload
    public func find(
        _ filter: some Encodable, sort: BSONDocument? = nil, skip: Int = 0, limit: Int = 0,
        projection: BSONDocument? = nil, hint: BSONValue? = nil, collation: BSONDocument? = nil, batchSize: Int? = nil
    ) throws -> DocumentCursor<BSONDocument> {
        try store.find(
            filter, sort: sort, skip: skip, limit: limit, projection: projection, hint: hint, collation: collation,
            batchSize: batchSize)
    }

    /// Finds the first measurement that a filter of your own type describes.
    @_disfavoredOverload
    public func findOne(
        _ filter: some Encodable, sort: BSONDocument? = nil, skip: Int = 0, projection: BSONDocument? = nil,
        hint: BSONValue? = nil, collation: BSONDocument? = nil
    ) async throws -> BSONDocument? {
        try await store.findOne(
            filter, sort: sort, skip: skip, projection: projection, hint: hint, collation: collation)
    }

    /// Runs measurements through the stages of an aggregation pipeline.
    ///
    /// - Parameters: as those of ``DocumentStore/aggregate(_:hint:collation:allowDiskUse:batchSize:)``.
    public func aggregate(
        _ pipeline: [BSONDocument], hint: BSONValue? = nil, collation: BSONDocument? = nil, allowDiskUse: Bool? = nil,
        batchSize: Int? = nil
    ) -> DocumentCursor<BSONDocument> {
        store.aggregate(
            pipeline, hint: hint, collation: collation, allowDiskUse: allowDiskUse, batchSize: batchSize)
    }
}

// MARK: - Local use

extension TimeSeries {
    /// Inserts a measurement; only here, for in the cloud functions cannot.
    ///
    /// The first makes the collection, whose time is in ``timeField`` and whose metadata in ``metaField``.
    @discardableResult
    public func insertOne(_ measurement: BSONDocument) async throws -> InsertOneResult {
        try await store.createTimeSeries()
        return try await store.insertOne(measurement)
    }

    /// Inserts measurements; only here, for in the cloud functions cannot.
    ///
    /// - Parameter measurements: at least one.
    @discardableResult
    public func insertMany(_ measurements: [BSONDocument]) async throws -> InsertManyResult {
        try await store.createTimeSeries()
        return try await store.insertMany(measurements)
    }

    /// Inserts a value as a measurement; only here, for in the cloud functions cannot.
    @discardableResult
    @_disfavoredOverload
    public func insertOne(_ measurement: some Encodable) async throws -> InsertOneResult {
        try await insertOne(store.document(measurement, in: "insertOne"))
    }

    /// Inserts values as measurements; only here, for in the cloud functions cannot.
    ///
    /// - Parameter measurements: at least one.
    @discardableResult
    @_disfavoredOverload
    public func insertMany(_ measurements: [some Encodable]) async throws -> InsertManyResult {
        try await insertMany(measurements.map { try store.document($0, in: "insertMany") })
    }
}

extension DocumentStore {
    /// Makes the time-series collection, unless it is there.
    fileprivate func createTimeSeries() async throws {
        var command: BSONDocument = ["create": .string(namespace.collection)]
        command.merge(TimeSeries.collectionOptions)
        do { _ = try await run(.change(command), as: "create") } catch let error as DocumentStoreError
            where error.codeName == "NamespaceExists"
        {}
    }
}
