import Documents

/// The result of an operation, in a form that can be compared with the result of another driver.
protocol DriverResult: SendableMetatype {
    /// The result as run-expressions.py returns it.
    var comparable: BSONValue { get }
}

extension BSONValue: DriverResult {
    var comparable: BSONValue { self }
}

extension BSONDocument: DriverResult {
    var comparable: BSONValue { .document(self) }
}

extension Int: DriverResult {
    var comparable: BSONValue { BSONValue(self) }
}

extension String: DriverResult {
    var comparable: BSONValue { .string(self) }
}

extension Optional: DriverResult where Wrapped: DriverResult {
    var comparable: BSONValue { self?.comparable ?? .null }
}

extension Array: DriverResult where Element: DriverResult {
    var comparable: BSONValue { .array(map(\.comparable)) }
}

extension InsertOneResult: DriverResult {
    var comparable: BSONValue { ["insertedID": insertedID] }
}

extension InsertManyResult: DriverResult {
    var comparable: BSONValue { ["insertedIDs": insertedIDs.comparable] }
}

extension UpdateResult: DriverResult {
    var comparable: BSONValue {
        [
            "matched": matchedCount.comparable, "modified": modifiedCount.comparable,
            "upsertedID": upsertedID.comparable,
        ]
    }
}

extension DeleteResult: DriverResult {
    var comparable: BSONValue { ["deleted": deletedCount.comparable] }
}

extension BulkWriteResult: DriverResult {
    var comparable: BSONValue {
        // The driver for Python does not report which documents were inserted.
        let inserted = insertedIDs.count == insertedCount ? insertedCount : -1
        let upserted = upsertedIDs.sorted { $0.key < $1.key }.map { (String($0.key), $0.value) }
        return [
            "inserted": inserted.comparable, "matched": matchedCount.comparable, "modified": modifiedCount.comparable,
            "deleted": deletedCount.comparable, "upsertedIDs": .document(BSONDocument(upserted)),
        ]
    }
}

extension DocumentIndex: DriverResult {
    var comparable: BSONValue {
        var description: BSONDocument = ["key": .document(keys), "name": name.comparable]
        if isUnique { description["unique"] = true }
        if isSparse { description["sparse"] = true }
        description["expireAfterSeconds"] = expireAfterSeconds?.comparable
        description["partialFilterExpression"] = partialFilter?.comparable
        description["collation"] = collation?.comparable
        return .document(description)
    }
}

extension DocumentStoreError: DriverResult {
    var comparable: BSONValue {
        switch kind {
        case .unavailable: return ["error": "unavailable", "message": .string(message)]
        case .invalidDocument, .invalidName: return ["error": "not sent"]
        case .refused:
            return [
                "error": "refused", "code": code.comparable, "codeName": codeName.comparable,
                "message": .string(message),
            ]
        case .writeFailed:
            var error: BSONDocument = ["error": "not all written", "writeErrors": writeErrors.comparable]
            // The driver for Python reports it only for writes of many documents.
            if operation == "bulkWrite" || operation == "insertMany" { error["done"] = partialResult.comparable }
            return .document(error)
        }
    }
}

extension DocumentStoreError.WriteError: DriverResult {
    var comparable: BSONValue {
        ["index": index.comparable, "code": code.comparable, "message": .string(message)]
    }
}
