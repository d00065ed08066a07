/// An error of an operation on documents.
public struct DocumentStoreError: Error, Sendable, Hashable {
    /// The kind of an error.
    public enum Kind: String, Sendable, Hashable {
        /// MongoDB is not available or does not respond.
        case unavailable
        /// MongoDB rejected the command.
        case refused
        /// MongoDB did not write all documents. ``DocumentStoreError/writeErrors`` lists those that failed.
        case writeFailed
        /// A document, filter or list cannot be sent, such as an update without operators.
        case invalidDocument
        /// MongoDB does not accept the name of the database or collection.
        case invalidName
    }

    /// A write that failed.
    public struct WriteError: Sendable, Hashable {
        /// The position of the write among the documents or writes of the operation, from 0.
        public let index: Int
        /// The server's code, such as 11000 for a duplicate key.
        public let code: Int
        public let message: String

        package init(index: Int, code: Int, message: String) {
            self.index = index
            self.code = code
            self.message = message
        }
    }

    public let kind: Kind
    /// A description of the error, in the words of the side that detected it.
    public let message: String
    /// The server's code, or nil if the server did not respond.
    public let code: Int?
    /// The server's name for the code, such as `BadValue`, or nil for write errors.
    public let codeName: String?
    /// The individual writes that failed: all of them for the kind `writeFailed`, those before the error for other
    /// kinds.
    public internal(set) var writeErrors: [WriteError]
    /// The result of the writes that succeeded, or nil for operations other than writes.
    public internal(set) var partialResult: BulkWriteResult?
    /// The server's whole reply, or nil if the server did not respond.
    public let reply: BSONDocument?
    /// A way to fix the error, if one is known.
    public let remedy: String?
    /// The operation, such as `insertOne`.
    public internal(set) var operation: String?
    public internal(set) var collection: String?

    package init(
        _ kind: Kind, _ message: String, code: Int? = nil, codeName: String? = nil, writeErrors: [WriteError] = [],
        partialResult: BulkWriteResult? = nil, reply: BSONDocument? = nil, remedy: String? = nil
    ) {
        self.kind = kind
        self.message = message
        self.code = code
        self.codeName = codeName
        self.writeErrors = writeErrors
        self.partialResult = partialResult
        self.reply = reply
        self.remedy = remedy
    }
}

extension DocumentStoreError: CustomStringConvertible {
    /// One sentence with the operation, the collection, the message and the server's code.
    public var description: String {
        let place = [operation, collection.map { "on collection '\($0)'" }].compactMap(\.self).joined(separator: " ")
        let what =
            switch kind {
            case .unavailable: "The document store is not available"
            case .refused: "MongoDB refused \(place.isEmpty ? "the operation" : place)"
            case .writeFailed: "MongoDB did not write all of \(place.isEmpty ? "the operation" : place)"
            case .invalidDocument: "\(place.isEmpty ? "The operation" : place) cannot be sent"
            case .invalidName: "The name cannot be used"
            }
        let code = [codeName, code.map { "code \($0)" }].compactMap(\.self).joined(separator: ", ")
        return "\(what): \(message)" + (code.isEmpty ? "" : " (\(code))")
    }
}
