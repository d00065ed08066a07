import Failures
import Documents
import FoundationEssentials
import Glibc
import Values

/// An export of everything that a server holds into a folder; see ``StoreDataFolder``.
package struct StoreExport: Sendable {
    let catalog: StoreCatalog
    /// The path of the folder, which must not exist yet, or must be empty.
    let folder: String

    package init(catalog: StoreCatalog, folder: String) {
        self.catalog = catalog
        self.folder = folder
    }

    /// The result of an export.
    package struct Summary: Sendable, Equatable, CustomStringConvertible {
        package var collections = 0
        package var documents = 0
        /// The views, as `database.name`, which are left out because they hold no documents of their own.
        package var viewsLeftOut: [String] = []

        package var description: String { StoreDataFolder.counted(documents, in: collections) }
    }

    /// Exports everything. The folder is written completely or not at all.
    ///
    /// - Throws: ``Failure``; ``DocumentStoreError``.
    package func run() async throws -> Summary {
        let content = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        guard content.isEmpty else {
            throw Failure.storeData(
                folder, "is there already, and not empty", remedy: "Name another folder, or remove this one.")
        }
        // The temporary folder lies next to the target and not inside it, even if the path ends in a slash.
        let target = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
        let aside = "\(target).new-\(getpid())"
        defer { try? FileManager.default.removeItem(atPath: aside) }
        try makeFolder(aside)
        let summary = try await export(to: StoreDataFolder(path: aside))
        guard unsafe rename(aside, target) == 0 else {
            throw Failure.storeData(folder, "cannot be written: \(unsafe String(cString: strerror(errno)))")
        }
        return summary
    }

    private func export(to data: StoreDataFolder) async throws -> Summary {
        var summary = Summary()
        for database in try await catalog.databases() {
            for collection in try await catalog.collections(of: database) {
                let namespace = collection.namespace
                guard collection.kind != "view" else {
                    summary.viewsLeftOut.append("\(database).\(namespace.collection)")
                    continue
                }
                try makeFolder("\(data.path)/\(database)")
                let files = data.files(of: namespace)
                summary.documents += try await exportDocuments(of: collection, to: files.documents)
                try await exportMetadata(of: collection, to: files.metadata)
                summary.collections += 1
            }
        }
        return summary
    }

    private func exportDocuments(of collection: StoreCatalog.Collection, to path: String) async throws -> Int {
        var file = try NewTextFile(path)
        var count = 0
        // Sorted, so that two exports of the same documents are the same; a capped collection has an order of its own.
        let order: BSONDocument = collection.options["capped"] == true ? ["$natural": 1] : ["_id": 1]
        for try await document in catalog.store(collection.namespace).find(sort: order) {
            try file.write(line: JSONValue.object(document.extendedJSON).jsonString())
            count += 1
        }
        try file.close()
        return count
    }

    private func exportMetadata(of collection: StoreCatalog.Collection, to path: String) async throws {
        let indexes = try await catalog.store(collection.namespace).indexDescriptions().filter { $0["name"] != "_id_" }
        let metadata = StoreMetadata(options: collection.options, indexes: indexes)
        var file = try NewTextFile(path)
        try file.write(line: metadata.json.jsonString())
        try file.close()
    }

    private func makeFolder(_ path: String) throws(Failure) {
        do { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) } catch {
            throw Failure.storeData(path, "cannot be made: \(error.reasonInWords)")
        }
    }
}
