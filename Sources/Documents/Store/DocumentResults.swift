/// What inserting one document did.
public struct InsertOneResult: Sendable, Hashable {
    /// The document's `_id`, a new ``ObjectID`` unless it had one.
    public let insertedID: BSONValue
}

/// What inserting documents did.
public struct InsertManyResult: Sendable, Hashable {
    /// The documents' `_id`s in their order, new ``ObjectID``s unless they had them.
    public let insertedIDs: [BSONValue]
}

/// What an update did.
public struct UpdateResult: Sendable, Hashable {
    /// How many documents the filter found.
    public let matchedCount: Int
    /// How many of them were changed by it.
    public let modifiedCount: Int
    /// The `_id` of the document that was inserted because none was found; nil when none was inserted.
    public let upsertedID: BSONValue?

    init(reply: BSONDocument) {
        matchedCount = reply["matchedCount"]?.count ?? 0
        modifiedCount = reply["modifiedCount"]?.count ?? 0
        upsertedID = reply["upsertedId"]
    }
}

/// What a deletion did.
public struct DeleteResult: Sendable, Hashable {
    public let deletedCount: Int

    init(reply: BSONDocument) {
        deletedCount = reply["deletedCount"]?.count ?? 0
    }
}

extension BSONValue {
    /// A number of things in a reply.
    fileprivate var count: Int? {
        switch self {
        case .int32(let number): Int(number)
        case .int64(let number): Int(number)
        case .double(let number): Int(exactly: number)
        default: nil
        }
    }
}
