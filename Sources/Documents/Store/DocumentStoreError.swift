/// What went wrong with an operation on documents.
public struct DocumentStoreError: Error, Sendable, Hashable {
    /// What kind of thing went wrong.
    public enum Kind: String, Sendable, Hashable {
        /// MongoDB does not answer, or there is none.
        case unavailable
        /// MongoDB does not take the command.
        case refused
        /// MongoDB did not write all documents; ``DocumentStoreError/writeErrors`` says which.
        case writeFailed
        /// A document, filter or list that cannot be sent, such as an update without operators.
        case invalidDocument
        /// The name of the database or collection is none that MongoDB takes.
        case invalidName
    }

    /// One write that failed.
    public struct WriteError: Sendable, Hashable {
        /// Its position among the documents or writes of the operation, from 0.
        public let index: Int
        /// The server's code, such as 11000 for a key that is there already.
        public let code: Int
        public let message: String

        package init(index: Int, code: Int, message: String) {
            self.index = index
            self.code = code
            self.message = message
        }
    }

    public let kind: Kind
    /// What happened, in the words of whoever noticed.
    public let message: String
    /// The server's code; nil when the server did not answer.
    public let code: Int?
    /// The server's name for the code, as in `BadValue`; nil for write errors.
    public let codeName: String?
    /// The writes that failed one by one; all of them for the kind `writeFailed`, those before it for others.
    public internal(set) var writeErrors: [WriteError]
    /// What was written all the same; nil for operations other than writes.
    public internal(set) var partialResult: BulkWriteResult?
    /// All that the server answered; nil when it did not.
    public let reply: BSONDocument?
    /// What to do about it, where it can be said.
    public let remedy: String?
    /// The operation, as in `insertOne`.
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
    /// One sentence: operation and collection, what happened, the server's code.
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
