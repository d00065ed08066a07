/// The measurements beside a ``DocumentStore``, in a MongoDB time-series collection.
///
/// In the cloud, measurements come from devices, and functions only read them. Locally, nothing else writes
/// measurements, so functions and `workspace store import` may do so.
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

    /// Creates a time series.
    ///
    /// - Parameter collection: the collection of the documents, from which the name of the measurements' collection
    ///   is derived.
    package init(connection: any DocumentStoreConnection, database: String, collection: String) {
        store = DocumentStore(connection: connection, database: database, collection: collection + Self.suffix)
    }

    /// The suffix of the names of time-series collections.
    package static let suffix = "_ts"
    /// The field that contains the time of a measurement, a date.
    public static let timeField = "timestamp"
    /// The field that identifies the source of a measurement, by any value. Measurements with the same value are
    /// stored together.
    public static let metaField = "metadata"

    /// The options of the collection, which the first measurement creates.
    package static var collectionOptions: BSONDocument {
        ["timeseries": ["timeField": .string(timeField), "metaField": .string(metaField)]]
    }

    /// Finds measurements, which are read as the result is iterated. Nothing is sent before then.
    ///
    /// - Parameters: those of ``DocumentStore/find(_:sort:skip:limit:projection:hint:collation:batchSize:)``.
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
    /// - Parameters: those of ``DocumentStore/find(_:sort:skip:limit:projection:hint:collation:batchSize:)``.
    /// - Returns: the measurement, or nil if there is none.
    public func findOne(
        _ filter: BSONDocument = [:], sort: BSONDocument? = nil, skip: Int = 0, projection: BSONDocument? = nil,
        hint: BSONValue? = nil, collation: BSONDocument? = nil
    ) async throws -> BSONDocument? {
        try await store.findOne(
            filter, sort: sort, skip: skip, projection: projection, hint: hint, collation: collation)
    }

    /// Finds the first measurement and decodes it.
    ///
    /// - Parameters: those of ``DocumentStore/find(_:sort:skip:limit:projection:hint:collation:batchSize:)``.
    /// - Returns: the decoded measurement, or nil if there is none.
    /// - Throws: ``DocumentStoreError``, or `DecodingError` for a measurement of a different shape.
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

    /// Finds the first measurement that matches a filter of your own type.
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
    /// - Parameters: those of ``DocumentStore/aggregate(_:hint:collation:allowDiskUse:batchSize:)``.
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
    /// Inserts a measurement. This works only locally: functions in the cloud cannot insert measurements.
    ///
    /// The first measurement creates the collection, with the time in ``timeField`` and the metadata in
    /// ``metaField``.
    @discardableResult
    public func insertOne(_ measurement: BSONDocument) async throws -> InsertOneResult {
        try await store.createTimeSeries()
        return try await store.insertOne(measurement)
    }

    /// Inserts measurements. This works only locally: functions in the cloud cannot insert measurements.
    ///
    /// - Parameter measurements: the measurements, at least one.
    @discardableResult
    public func insertMany(_ measurements: [BSONDocument]) async throws -> InsertManyResult {
        try await store.createTimeSeries()
        return try await store.insertMany(measurements)
    }

    /// Inserts a value as a measurement. This works only locally: functions in the cloud cannot insert measurements.
    @discardableResult
    @_disfavoredOverload
    public func insertOne(_ measurement: some Encodable) async throws -> InsertOneResult {
        try await insertOne(store.document(measurement, in: "insertOne"))
    }

    /// Inserts values as measurements. This works only locally: functions in the cloud cannot insert measurements.
    ///
    /// - Parameter measurements: the measurements, at least one.
    @discardableResult
    @_disfavoredOverload
    public func insertMany(_ measurements: [some Encodable]) async throws -> InsertManyResult {
        try await insertMany(measurements.map { try store.document($0, in: "insertMany") })
    }
}

extension DocumentStore {
    /// Creates the time-series collection, unless it already exists.
    fileprivate func createTimeSeries() async throws {
        var command: BSONDocument = ["create": .string(namespace.collection)]
        command.merge(TimeSeries.collectionOptions)
        do { _ = try await run(.change(command), as: "create") } catch let error as DocumentStoreError
            where error.codeName == "NamespaceExists"
        {}
    }
}
