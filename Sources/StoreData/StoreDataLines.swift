import Failures
import Documents
import Glibc
import Values

/// A reader of a file of documents, each a line of Extended JSON. Blank lines are skipped.
@safe struct StoreDataLines: ~Copyable {
    private let path: String
    private let file: UnsafeMutablePointer<FILE>
    private var line: UnsafeMutablePointer<CChar>?
    private var capacity = 0
    /// The number of the line that was read last, starting at 1.
    private(set) var number = 0
    /// The size of the document that was read last, in bytes.
    private(set) var size = 0

    /// Opens the file of a collection's documents.
    ///
    /// - Parameter collection: the collection. One that has only metadata has no lines.
    /// - Throws: ``Failure`` if the file cannot be read.
    init(_ collection: StoreDataFolder.Collection) throws(Failure) {
        let path = collection.documents ?? "/dev/null"
        guard let file = unsafe fopen(path, "re") else {
            throw Failure.storeData(path, "cannot be read: \(unsafe String(cString: strerror(errno)))")
        }
        self.path = path
        unsafe self.file = file
    }

    deinit {
        unsafe free(line)
        unsafe fclose(file)
    }

    /// Returns the next document, or nil at the end.
    ///
    /// - Throws: ``Failure`` with the number of the line.
    mutating func next() throws(Failure) -> BSONDocument? {
        while true {
            let count = unsafe getline(&line, &capacity, file)
            guard count >= 0, let start = unsafe line else {
                if unsafe ferror(file) != 0 {
                    throw problem("cannot be read: \(unsafe String(cString: strerror(errno)))")
                }
                return nil
            }
            number += 1
            let bytes = unsafe UnsafeRawBufferPointer(start: start, count: count)
            if unsafe bytes.allSatisfy({ [0x20, 0x09, 0x0A, 0x0D].contains($0) }) { continue }
            return try unsafe document(bytes)
        }
    }

    private mutating func document(_ bytes: UnsafeRawBufferPointer) throws(Failure) -> BSONDocument {
        let document: BSONDocument
        do {
            let json = try unsafe JSONValue(parsing: bytes)
            guard let object = json.object else { throw problem("expected a document, found \(json.kindDescription)") }
            document = try BSONDocument(extendedJSON: object)
        } catch let error as JSONParsingError {
            throw problem("column \(error.column): \(error.message)")
        } catch let error as DecodingError {
            let path = error.valuePath
            throw problem(path.isEmpty ? error.valueMessage : "'\(path)': \(error.valueMessage)")
        } catch {
            throw error as? Failure ?? problem("\(error)")
        }
        do throws(BSONBytesError) { size = try document.bsonBytes.count } catch { throw problem(error.description) }
        guard size <= Self.largestDocument else {
            throw problem("the document has \(size >> 20) MB; MongoDB takes 16 MB at most")
        }
        return document
    }

    /// The size of the largest document that MongoDB takes, in bytes.
    ///
    /// Source: MongoDB manual, "MongoDB Limits and Thresholds", BSON document size.
    private static let largestDocument = 16 << 20

    /// Returns a problem with a line, by default the one that was read last.
    func problem(_ message: String, line: Int? = nil, remedy: String? = nil) -> Failure {
        .storeData(path, line: line ?? number, message, remedy: remedy)
    }
}
