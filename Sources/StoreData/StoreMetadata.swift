import Failures
import Documents
import FoundationEssentials
import Values

/// A collection's options and indexes, as MongoDB's own tools write them beside the documents.
struct StoreMetadata: Sendable, Equatable {
    /// The options, as the command `create` takes them.
    var options: BSONDocument = [:]
    /// The indexes, as the command `createIndexes` takes them.
    var indexes: [BSONDocument] = []

    var json: JSONValue {
        ["options": .object(options.extendedJSON), "indexes": .array(indexes.map { .object($0.extendedJSON) })]
    }

    init(options: BSONDocument, indexes: [BSONDocument]) {
        self.options = options
        self.indexes = indexes
    }

    /// Creates the metadata of a collection by reading its file.
    ///
    /// Without a file there are no options and no indexes, except for measurements: their collection gets the options
    /// with which functions create it.
    ///
    /// - Throws: ``Failure``.
    init(of collection: StoreDataFolder.Collection) throws(Failure) {
        guard let path = collection.metadata else {
            if collection.namespace.collection.hasSuffix(TimeSeries.suffix) { options = TimeSeries.collectionOptions }
            return
        }
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw Failure.storeData(path, "cannot be read")
        }
        do {
            let json = try JSONValue(parsing: Array(bytes))
            let metadata = try BSONValue(extendedJSON: json)
            options = try Self.part(metadata["options"] ?? [:], "options", path) { $0.document }
            indexes = try Self.part(metadata["indexes"] ?? [], "indexes", path) { value in
                let documents = value.array?.compactMap(\.document)
                return documents?.count == value.array?.count ? documents : nil
            }
            guard metadata.document != nil else { throw Failure.storeData(path, "expected an object") }
        } catch let error as JSONParsingError {
            throw Failure.storeData(path, line: error.line, "column \(error.column): \(error.message)")
        } catch let error as DecodingError {
            throw Failure.storeData(path, error.valueMessage)
        } catch {
            throw error as? Failure ?? .storeData(path, "\(error)")
        }
    }

    private static func part<Part>(
        _ value: BSONValue, _ name: String, _ path: String, _ read: (BSONValue) -> Part?
    ) throws(Failure) -> Part {
        if let part = read(value) { return part }
        let expected = name == "options" ? "a document" : "a list of documents"
        throw Failure.storeData(path, "'\(name)' must be \(expected), not \(value.kindDescription)")
    }
}
