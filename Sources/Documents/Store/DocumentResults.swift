/// The result of inserting one document.
public struct InsertOneResult: Sendable, Hashable, Encodable {
    /// The document's `_id`, which is a new ``ObjectID`` if the document had none.
    public let insertedID: BSONValue
}

/// The result of inserting documents.
public struct InsertManyResult: Sendable, Hashable, Encodable {
    /// The documents' `_id`s in their order, which are new ``ObjectID``s for documents that had none.
    public let insertedIDs: [BSONValue]
}

/// The result of an update or a replacement.
public struct UpdateResult: Sendable, Hashable, Encodable {
    /// The number of documents that the filter found.
    public let matchedCount: Int
    /// The number of these documents that were changed.
    public let modifiedCount: Int
    /// The `_id` of the document that was inserted because none was found, or nil if none was inserted.
    public let upsertedID: BSONValue?

    init(_ result: BulkWriteResult) {
        matchedCount = result.matchedCount
        modifiedCount = result.modifiedCount
        upsertedID = result.upsertedIDs[0]
    }
}

/// The result of a deletion.
public struct DeleteResult: Sendable, Hashable, Encodable {
    public let deletedCount: Int

    init(_ result: BulkWriteResult) {
        deletedCount = result.deletedCount
    }
}

/// The combined result of many writes.
public struct BulkWriteResult: Sendable, Hashable, Encodable {
    public private(set) var insertedCount = 0
    /// The number of documents that the filters of updates and replacements found.
    public private(set) var matchedCount = 0
    /// The number of these documents that were changed.
    public private(set) var modifiedCount = 0
    public private(set) var deletedCount = 0
    /// The `_id`s of the inserted documents, by the position of their writes, from 0.
    public private(set) var insertedIDs: [Int: BSONValue] = [:]
    /// The `_id`s of the documents that updates and replacements inserted because they found none, by the position of
    /// their writes, from 0.
    public private(set) var upsertedIDs: [Int: BSONValue] = [:]

    /// Adds the result of a command.
    ///
    /// - Parameters:
    ///   - reply: the server's reply.
    ///   - failed: the positions of the writes that failed.
    ///   - isOrdered: whether the first failed write stopped the rest.
    mutating func add(_ reply: BSONDocument, of command: WriteCommand, failed: Set<Int>, isOrdered: Bool) {
        let count = reply["n"]?.count ?? 0
        switch command.kind {
        case .insert:
            insertedCount += count
            let end = isOrdered ? failed.min() ?? .max : .max
            for (offset, document) in command.entries.enumerated() {
                let position = command.first + offset
                if position < end, !failed.contains(position) { insertedIDs[position] = document["_id"] }
            }
        case .update:
            let upserted = reply["upserted"]?.array ?? []
            for entry in upserted { upsertedIDs[command.first + (entry["index"]?.count ?? 0)] = entry["_id"] }
            matchedCount += count - upserted.count
            modifiedCount += reply["nModified"]?.count ?? 0
        case .delete: deletedCount += count
        }
    }
}

extension BSONValue {
    /// The value as a count or a position in a server's reply.
    var count: Int? { integer.flatMap(Int.init(exactly:)) }
}
