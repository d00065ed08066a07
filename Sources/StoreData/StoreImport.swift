import Failures
import Documents

/// An import of a folder's documents into a server; see ``StoreDataFolder``.
///
/// The import first reads everything and checks it against the contents of the server. Only then does it write. If a
/// write fails nevertheless, for example because a document violates a unique index, or if the task is cancelled,
/// everything that was written before is undone.
package struct StoreImport: Sendable {
    let catalog: StoreCatalog
    let folder: StoreDataFolder
    /// Whether the emulator has started the server. On any other server nothing is ever dropped, not even what the
    /// import has created.
    let isOurs: Bool

    package init(catalog: StoreCatalog, folder: StoreDataFolder, isOurs: Bool) {
        self.catalog = catalog
        self.folder = folder
        self.isOurs = isOurs
    }

    /// The collections to import into.
    package enum Scope: Sendable {
        /// All collections that have files. A document whose `_id` already exists is a problem.
        case allCollections
        /// The collections that hold no documents. The others are not changed.
        case emptyCollections
    }

    /// The result of an import.
    package struct Summary: Sendable, Equatable, CustomStringConvertible {
        package var collections = 0
        package var documents = 0

        package var description: String { StoreDataFolder.counted(documents, in: collections) }
    }

    /// Imports everything or nothing.
    ///
    /// - Throws: ``Failure`` for the first line that does not fit; ``DocumentStoreError``;
    ///   `CancellationError`.
    package func run(into scope: Scope) async throws -> Summary {
        var plans: [StoreImportPlan] = []
        for collection in try folder.collections() {
            let isMeant =
                switch scope {
                case .allCollections: true
                case .emptyCollections:
                    try await catalog.store(collection.namespace).findOne(projection: ["_id": 1]) == nil
                }
            if isMeant { plans.append(try await StoreImportPlan(for: collection, at: catalog)) }
        }
        // Measurements come last, because they cannot be undone one by one.
        plans = plans.filter { !$0.isTimeSeries } + plans.filter(\.isTimeSeries)
        var done = Done()
        var summary = Summary()
        do {
            for plan in plans {
                summary.documents += try await carryOut(plan, &done)
                summary.collections += 1
            }
        } catch {
            // A cancelled task could undo nothing, so a new one does it.
            let left = await Task { [done] in await takeBack(done) }.value
            guard left.isEmpty else {
                throw Failure.storeData(
                    folder.path, "\(error). This was imported and is still there: \(left.joined(separator: "; "))")
            }
            throw error
        }
        return summary
    }

    /// Reads all files without writing anything.
    ///
    /// - Throws: ``Failure`` for the first line that does not fit.
    package func checkFiles() throws {
        for collection in try folder.collections() {
            _ = try StoreMetadata(of: collection)
            var file = try StoreDataLines(collection)
            while try file.next() != nil {}
        }
    }

    // MARK: - Writing

    /// The changes made so far, which may have to be undone.
    private struct Done: Sendable {
        var created: [DocumentNamespace] = []
        var indexes: [(namespace: DocumentNamespace, name: String)] = []
        var filled: [DocumentNamespace] = []
        /// The `_id` values of the inserted documents, by batch.
        var inserted: [DocumentNamespace: [[BSONValue]]] = [:]
    }

    private func carryOut(_ plan: StoreImportPlan, _ done: inout Done) async throws -> Int {
        let namespace = plan.collection.namespace
        if !plan.exists {
            var command: BSONDocument = ["create": .string(namespace.collection)]
            command.merge(plan.metadata.options)
            try await change(command, for: plan)
            done.created.append(namespace)
        }
        let indexes = plan.metadata.indexes.filter { !plan.indexes.contains($0["name"]?.string ?? "") }
        if !indexes.isEmpty {
            try await change(
                [
                    "createIndexes": .string(namespace.collection), "indexes": .array(indexes.map(BSONValue.document)),
                ], for: plan)
            done.indexes += indexes.compactMap { $0["name"]?.string }.map { (namespace, $0) }
        }
        if plan.isTimeSeries { done.filled.append(namespace) }
        var count = 0
        var batch = Batch()
        var file = try StoreDataLines(plan.collection)
        while let document = try file.next() {
            batch.append(document.identified, size: file.size, line: file.number)
            count += 1
            if batch.isFull { try await insert(&batch, file, plan, &done) }
        }
        try await insert(&batch, file, plan, &done)
        return count
    }

    /// Documents that are sent together.
    private struct Batch {
        private(set) var documents: [BSONDocument] = []
        private(set) var lines: [Int] = []
        private var size = 0

        var isFull: Bool { documents.count >= 1_000 || size > 8 << 20 }

        mutating func append(_ document: BSONDocument, size: Int, line: Int) {
            documents.append(document)
            lines.append(line)
            self.size += size
        }
    }

    private func insert(
        _ batch: inout Batch, _ file: borrowing StoreDataLines, _ plan: StoreImportPlan, _ done: inout Done
    ) async throws {
        guard !batch.documents.isEmpty else { return }
        let lines = batch.lines
        defer { batch = Batch() }
        var inserted = batch.documents.compactMap { $0["_id"] }
        defer { if !plan.isTimeSeries { done.inserted[plan.collection.namespace, default: []].append(inserted) } }
        do {
            try await catalog.store(plan.collection.namespace).insertMany(batch.documents)
        } catch let error as DocumentStoreError where error.kind == .writeFailed {
            inserted = error.partialResult.map { Array($0.insertedIDs.values) } ?? []
            let index = error.writeErrors.first?.index ?? 0
            throw file.problem("MongoDB refuses the document: \(error.message)", line: lines[index])
        }
    }

    private func change(_ command: BSONDocument, for plan: StoreImportPlan) async throws {
        do {
            _ = try await catalog.change(command, in: plan.collection.namespace.database)
        } catch let error as DocumentStoreError where error.kind == .refused {
            throw Failure.storeData(plan.collection.mainFile, "MongoDB refuses its metadata: \(error.message)")
        }
    }

    // MARK: - Undoing

    /// Undoes the changes.
    ///
    /// - Returns: the changes that could not be undone.
    private func takeBack(_ done: Done) async -> [String] {
        var left: [String] = []
        var isServerGone = false
        func attempt(_ what: String, _ body: () async throws -> Void) async {
            // Each attempt would wait for a server that is gone.
            guard !isServerGone else { return left.append(what) }
            do { try await body() } catch {
                isServerGone = (error as? DocumentStoreError)?.kind == .unavailable
                left.append("\(what) (\(error))")
            }
        }
        for (namespace, ids) in done.inserted {
            await attempt("documents of \(namespace)") {
                for batch in ids { try await catalog.store(namespace).deleteMany(["_id": ["$in": .array(batch)]]) }
            }
        }
        for (namespace, name) in done.indexes {
            await attempt("the index '\(name)' of \(namespace)") { try await catalog.store(namespace).dropIndex(name) }
        }
        // Measurements cannot be deleted one by one, so those of others would be lost as well; the collection was
        // empty before.
        for namespace in done.filled where isOurs && !done.created.contains(namespace) {
            await attempt("measurements of \(namespace)") { try await catalog.store(namespace).deleteMany([:]) }
        }
        for namespace in done.created where isOurs {
            await attempt("\(namespace)") {
                let isTimeSeries = done.filled.contains(namespace)
                let holdsOthers = try await catalog.store(namespace).findOne() != nil
                guard isTimeSeries || !holdsOthers else { return }
                _ = try await catalog.change(["drop": .string(namespace.collection)], in: namespace.database)
            }
        }
        if !isOurs { left += Set(done.created + done.filled).map { "the collection \($0)" }.sorted() }
        return left
    }
}
