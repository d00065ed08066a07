package import Failures
import SystemSupport
package import Documents
import FoundationEssentials
import Glibc

/// A folder with the documents of a server.
///
/// The file `DATABASE/COLLECTION.jsonl` holds one document per line, as MongoDB Extended JSON. The file
/// `DATABASE/COLLECTION.metadata.json`, if there is one, holds the collection's options and indexes.
package struct StoreDataFolder: Sendable {
    package let path: String

    package init(path: String) {
        self.path = path
    }

    /// The files of one collection.
    package struct Collection: Sendable {
        package let namespace: DocumentNamespace
        /// The path of the file with the documents, or nil if there is none.
        fileprivate(set) var documents: String?
        /// The path of the file with the options and indexes, or nil if there is none.
        fileprivate(set) var metadata: String?

        /// The path of the file to name in messages about the collection.
        var mainFile: String { documents ?? metadata ?? namespace.collection }
    }

    private static let documentsSuffix = ".jsonl"
    private static let metadataSuffix = ".metadata.json"

    /// Returns the paths of a new collection's files.
    func files(of namespace: DocumentNamespace) -> (documents: String, metadata: String) {
        let base = "\(path)/\(namespace.database)/\(Self.fileName(of: namespace.collection))"
        return (base + Self.documentsSuffix, base + Self.metadataSuffix)
    }

    /// Returns the collections that have files in the folder, sorted by name.
    ///
    /// Files next to the databases' folders are ignored, and so are hidden files.
    ///
    /// - Throws: ``Failure`` for a folder that cannot be read, for a name that MongoDB does not accept, and
    ///   for a file in a database's folder that holds neither documents nor metadata.
    package func collections() throws(Failure) -> [Collection] {
        var found: [DocumentNamespace: Collection] = [:]
        for database in try Self.names(in: path) where FileStamp.isFolder("\(path)/\(database)") {
            for name in try Self.names(in: "\(path)/\(database)") {
                let file = "\(path)/\(database)/\(name)"
                let namespace = try Self.namespace(ofFile: file, name: name, database: database)
                var collection = found[namespace] ?? Collection(namespace: namespace)
                if name.hasSuffix(Self.documentsSuffix) {
                    collection.documents = file
                } else {
                    collection.metadata = file
                }
                found[namespace] = collection
            }
        }
        return found.values.sorted {
            ($0.namespace.database, $0.namespace.collection) < ($1.namespace.database, $1.namespace.collection)
        }
    }

    private static func namespace(
        ofFile file: String, name: String, database: String
    ) throws(Failure) -> DocumentNamespace {
        guard let suffix = [documentsSuffix, metadataSuffix].first(where: name.hasSuffix),
            FileStamp(path: file)?.kind == .file
        else {
            throw Failure.storeData(
                file, "is neither documents nor metadata of a collection",
                remedy: "Name it COLLECTION.jsonl, with a document of Extended JSON a line, or move it elsewhere.")
        }
        let collection = name.dropLast(suffix.count).replacing("%2F", with: "/").replacing("%25", with: "%")
        let namespace = DocumentNamespace(database: database, collection: String(collection))
        do throws(DocumentStoreError) { try namespace.check() } catch { throw Failure.storeData(file, error.message) }
        return namespace
    }

    /// Returns a text such as `3 documents in 1 collection`.
    static func counted(_ documents: Int, in collections: Int) -> String {
        "\(documents) document\(documents == 1 ? "" : "s") in \(collections) collection\(collections == 1 ? "" : "s")"
    }

    private static func names(in folder: String) throws(Failure) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder).filter { !$0.hasPrefix(".") }.sorted()
        } catch {
            throw Failure.storeData(folder, "cannot be read: \(error.reasonInWords)")
        }
    }

    /// Returns the name of a collection's files without the suffix; `%` codes stand for characters that a file's name
    /// cannot have.
    private static func fileName(of collection: String) -> String {
        collection.replacing("%", with: "%25").replacing("/", with: "%2F")
    }
}

extension Error {
    /// The reason why a file could not be used, without further details.
    var reasonInWords: String {
        guard let error = self as? CocoaError else { return "\(self)" }
        switch error.code {
        case .fileReadNoSuchFile, .fileNoSuchFile: return "there is no such file"
        case .fileReadNoPermission, .fileWriteNoPermission: return "permission denied"
        case .fileWriteFileExists: return "it is there already"
        case .fileWriteOutOfSpace: return "the disk is full"
        default: return "\(error)"
        }
    }
}
