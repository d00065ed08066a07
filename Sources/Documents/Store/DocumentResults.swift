/// What inserting one document did.
public struct InsertOneResult: Sendable, Hashable, Encodable {
    /// The document's `_id`, a new ``ObjectID`` unless it had one.
    public let insertedID: BSONValue
}

/// What inserting documents did.
public struct InsertManyResult: Sendable, Hashable, Encodable {
    /// The documents' `_id`s in their order, new ``ObjectID``s unless they had them.
    public let insertedIDs: [BSONValue]
}

/// What an update or a replacement did.
public struct UpdateResult: Sendable, Hashable, Encodable {
    /// How many documents the filter found.
    public let matchedCount: Int
    /// How many of them were changed by it.
    public let modifiedCount: Int
    /// The `_id` of the document that was inserted because none was found; nil when none was inserted.
    public let upsertedID: BSONValue?

    init(_ result: BulkWriteResult) {
        matchedCount = result.matchedCount
        modifiedCount = result.modifiedCount
        upsertedID = result.upsertedIDs[0]
    }
}

/// What a deletion did.
public struct DeleteResult: Sendable, Hashable, Encodable {
    public let deletedCount: Int

    init(_ result: BulkWriteResult) {
        deletedCount = result.deletedCount
    }
}

/// What many writes did together.
public struct BulkWriteResult: Sendable, Hashable, Encodable {
    public private(set) var insertedCount = 0
    /// How many documents the filters of updates and replacements found.
    public private(set) var matchedCount = 0
    /// How many of them were changed.
    public private(set) var modifiedCount = 0
    public private(set) var deletedCount = 0
    /// The `_id`s of the inserted documents, by the position of their writes, from 0.
    public private(set) var insertedIDs: [Int: BSONValue] = [:]
    /// The `_id`s of documents that updates and replacements inserted because none was found, by the position of their writes.
    public private(set) var upsertedIDs: [Int: BSONValue] = [:]

    /// Adds what a command did.
    ///
    /// - Parameters:
    ///   - reply: the server's.
    ///   - failed: the positions of writes that failed.
    ///   - isOrdered: whether the first of them stopped the rest.
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
    /// A number of things, or a position among them, in a reply.
    var count: Int? { integer.flatMap(Int.init(exactly:)) }
}
