import Failures
import Documents

/// A plan for importing a collection whose files were read and fit the contents of the server.
struct StoreImportPlan: Sendable {
    let collection: StoreDataFolder.Collection
    let metadata: StoreMetadata
    /// Whether the server has the collection.
    let exists: Bool
    /// The names of the collection's indexes on the server.
    let indexes: Set<String>
    /// Whether the collection is, or will be, a time series.
    let isTimeSeries: Bool

    private static let idsAtATime = 1_000

    /// Creates a plan by reading the collection's files and checking them against the server.
    ///
    /// - Throws: ``Failure`` for the first line that does not fit; ``DocumentStoreError``.
    init(for collection: StoreDataFolder.Collection, at catalog: StoreCatalog) async throws {
        let namespace = collection.namespace, store = catalog.store(namespace)
        let there = try await catalog.collections(of: namespace.database).first { $0.namespace == namespace }
        guard there?.kind != "view" else {
            throw Failure.storeData(collection.mainFile, "\(namespace) is a view, which holds no documents of its own")
        }
        self.collection = collection
        metadata = try StoreMetadata(of: collection)
        exists = there != nil
        isTimeSeries = there.map { $0.kind == "timeseries" } ?? (metadata.options["timeseries"] != nil)
        indexes = there == nil ? [] : Set(try await store.listIndexes().compactMap(\.name))
        if isTimeSeries, try await store.findOne() != nil {
            throw Failure.storeData(
                collection.mainFile, "\(namespace) holds measurements already",
                remedy: "Measurements can be imported into an empty collection only.")
        }
        let timeField = (there?.options ?? metadata.options)["timeseries"]?["timeField"]?.string
        var ids: [(id: BSONValue, line: Int)] = []
        var lines: [BSONValue: Int] = [:]
        var file = try StoreDataLines(collection)
        while let document = try file.next() {
            if let timeField, isTimeSeries {
                guard document[timeField]?.date != nil else {
                    throw file.problem(
                        "a measurement needs a date in '\(timeField)', as in {\"$date\": \"2026-01-31T12:00:00Z\"}")
                }
                // The `_id` of a measurement need not be unique.
                continue
            }
            guard let id = document["_id"] else { continue }
            try Self.check(id, file)
            if let line = lines.updateValue(file.number, forKey: id) {
                throw file.problem("the document has the _id \(id) of line \(line)")
            }
            ids.append((id, file.number))
            if ids.count == Self.idsAtATime { try await Self.checkAreNew(&ids, in: store, file) }
        }
        try await Self.checkAreNew(&ids, in: store, file)
    }

    /// Checks that MongoDB accepts the `_id`: in a filter, a value that it does not accept would match more than that
    /// value.
    private static func check(_ id: BSONValue, _ file: borrowing StoreDataLines) throws(Failure) {
        let isFit =
            switch id {
            case .array, .regex, .undefined: false
            case .document(let fields): !fields.keys.contains { $0.hasPrefix("$") }
            default: true
            }
        if !isFit { throw file.problem("MongoDB takes no such _id: \(id)") }
    }

    private static func checkAreNew(
        _ ids: inout [(id: BSONValue, line: Int)], in store: DocumentStore, _ file: borrowing StoreDataLines
    ) async throws {
        guard !ids.isEmpty else { return }
        defer { ids = [] }
        let query: BSONDocument = ["_id": ["$in": .array(ids.map(\.id))]]
        let there = Set(try await store.find(query, projection: ["_id": 1]).all().compactMap { $0["_id"] })
        guard let (id, line) = ids.first(where: { there.contains($0.id) }) else { return }
        throw file.problem(
            "a document with the _id \(id) is there already", line: line,
            remedy: "Remove it, or empty the store with workspace store reset.")
    }
}
