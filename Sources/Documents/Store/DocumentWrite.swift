/// One write for ``DocumentStore/bulkWrite(_:ordered:)``.
public struct DocumentWrite: Sendable, Hashable {
    package enum Action: Sendable, Hashable {
        case insert(BSONDocument)
        case update(filter: BSONDocument, DocumentUpdate, isMany: Bool)
        case replace(filter: BSONDocument, BSONDocument)
        case delete(filter: BSONDocument, isMany: Bool)
    }

    package let action: Action
    /// The options in the form that the server takes: `upsert`, `arrayFilters`, `hint`, `collation`.
    package let options: BSONDocument

    init(_ action: Action, options: BSONDocument = [:]) {
        self.action = action
        self.options = options
    }
}

/// A change to documents, by update operators or by the stages of an aggregation pipeline.
package enum DocumentUpdate: Sendable, Hashable {
    case operators(BSONDocument)
    case pipeline([BSONDocument])
}

extension DocumentWrite {
    /// Creates a write that inserts a document. A document without `_id` gets a new ``ObjectID``.
    public static func insertOne(_ document: BSONDocument) -> DocumentWrite {
        DocumentWrite(.insert(document.identified))
    }

    /// Creates a write that inserts a value as a document. If the value encodes no `_id`, it gets a new ``ObjectID``.
    ///
    /// - Throws: ``DocumentStoreError`` of the kind `invalidDocument` for a value that is not encoded as a document.
    @_disfavoredOverload
    public static func insertOne(_ value: some Encodable) throws -> DocumentWrite {
        insertOne(try BSONDocument(encoding: value))
    }

    /// Creates a write that changes the first document that the filter finds. See `DocumentStore`'s `updateOne`.
    public static func updateOne(
        _ filter: BSONDocument, _ update: BSONDocument, upsert: Bool = false, arrayFilters: [BSONDocument]? = nil,
        hint: BSONValue? = nil, collation: BSONDocument? = nil
    ) -> DocumentWrite {
        DocumentWrite(
            .update(filter: filter, .operators(update), isMany: false),
            options: options(upsert, arrayFilters, hint, collation))
    }

    /// Creates a write that changes the first document that the filter finds, with an aggregation pipeline. See
    /// `DocumentStore`'s `updateOne`.
    public static func updateOne(
        _ filter: BSONDocument, pipeline: [BSONDocument], upsert: Bool = false, hint: BSONValue? = nil,
        collation: BSONDocument? = nil
    ) -> DocumentWrite {
        DocumentWrite(
            .update(filter: filter, .pipeline(pipeline), isMany: false), options: options(upsert, nil, hint, collation))
    }

    /// Creates a write that changes all documents that the filter finds. See `DocumentStore`'s `updateMany`.
    public static func updateMany(
        _ filter: BSONDocument, _ update: BSONDocument, upsert: Bool = false, arrayFilters: [BSONDocument]? = nil,
        hint: BSONValue? = nil, collation: BSONDocument? = nil
    ) -> DocumentWrite {
        DocumentWrite(
            .update(filter: filter, .operators(update), isMany: true),
            options: options(upsert, arrayFilters, hint, collation))
    }

    /// Creates a write that changes all documents that the filter finds, with an aggregation pipeline. See
    /// `DocumentStore`'s `updateMany`.
    public static func updateMany(
        _ filter: BSONDocument, pipeline: [BSONDocument], upsert: Bool = false, hint: BSONValue? = nil,
        collation: BSONDocument? = nil
    ) -> DocumentWrite {
        DocumentWrite(
            .update(filter: filter, .pipeline(pipeline), isMany: true), options: options(upsert, nil, hint, collation))
    }

    /// Creates a write that replaces the first document that the filter finds. See `DocumentStore`'s `replaceOne`.
    public static func replaceOne(
        _ filter: BSONDocument, _ replacement: BSONDocument, upsert: Bool = false, hint: BSONValue? = nil,
        collation: BSONDocument? = nil
    ) -> DocumentWrite {
        DocumentWrite(.replace(filter: filter, replacement), options: options(upsert, nil, hint, collation))
    }

    /// Creates a write that replaces the first document that the filter finds with a value, encoded as a document.
    ///
    /// - Throws: ``DocumentStoreError`` of the kind `invalidDocument` for a value that is not encoded as a document.
    @_disfavoredOverload
    public static func replaceOne(
        _ filter: BSONDocument, _ replacement: some Encodable, upsert: Bool = false, hint: BSONValue? = nil,
        collation: BSONDocument? = nil
    ) throws -> DocumentWrite {
        replaceOne(filter, try BSONDocument(encoding: replacement), upsert: upsert, hint: hint, collation: collation)
    }

    /// Creates a write that deletes the first document that the filter finds. See `DocumentStore`'s `deleteOne`.
    public static func deleteOne(
        _ filter: BSONDocument, hint: BSONValue? = nil, collation: BSONDocument? = nil
    ) -> DocumentWrite {
        DocumentWrite(.delete(filter: filter, isMany: false), options: options(false, nil, hint, collation))
    }

    /// Creates a write that deletes all documents that the filter finds. See `DocumentStore`'s `deleteMany`.
    public static func deleteMany(
        _ filter: BSONDocument, hint: BSONValue? = nil, collation: BSONDocument? = nil
    ) -> DocumentWrite {
        DocumentWrite(.delete(filter: filter, isMany: true), options: options(false, nil, hint, collation))
    }

    private static func options(
        _ upsert: Bool, _ arrayFilters: [BSONDocument]?, _ hint: BSONValue?, _ collation: BSONDocument?
    ) -> BSONDocument {
        var options = BSONDocument()
        if upsert { options["upsert"] = true }
        options["arrayFilters"] = arrayFilters.map(BSONValue.init)
        options["hint"] = hint
        options["collation"] = collation.map(BSONValue.document)
        return options
    }
}

extension DocumentWrite {
    /// The `_id` of the document that the write inserts, or nil for other writes.
    var insertedID: BSONValue? {
        if case .insert(let document) = action { document["_id"] } else { nil }
    }

    /// Checks for input that MongoDB would interpret differently than intended.
    ///
    /// - Throws: ``DocumentStoreError`` of the kind `invalidDocument`.
    func check() throws(DocumentStoreError) {
        switch action {
        case .update(_, let update, _): try update.check()
        case .replace(_, let replacement): try replacement.checkReplacement()
        case .insert, .delete: break
        }
    }
}

extension DocumentUpdate {
    /// The update in the form that the server takes.
    var value: BSONValue {
        switch self {
        case .operators(let operators): .document(operators)
        case .pipeline(let stages): BSONValue(stages)
        }
    }

    /// Checks that the update consists of operators. MongoDB would treat a document without them as a replacement and
    /// remove all other fields.
    ///
    /// - Throws: ``DocumentStoreError`` of the kind `invalidDocument`.
    func check() throws(DocumentStoreError) {
        let (isEmpty, plainKey) =
            switch self {
            // MongoDB itself rejects plain fields after an operator.
            case .operators(let operators):
                (operators.isEmpty, operators.keys.first.flatMap { $0.hasPrefix("$") ? nil : $0 })
            case .pipeline(let stages): (stages.isEmpty, nil)
            }
        let remedy = "Name what to change by an operator, such as $set."
        if isEmpty { throw DocumentStoreError(.invalidDocument, "The update is empty", remedy: remedy) }
        guard let plainKey else { return }
        throw DocumentStoreError(
            .invalidDocument, "The update holds the field '\(plainKey)' instead of operators", remedy: remedy)
    }
}

extension BSONDocument {
    /// The document with an `_id`. A new one becomes the first field.
    package var identified: BSONDocument {
        if self["_id"] != nil { return self }
        var document: BSONDocument = ["_id": .objectID(ObjectID())]
        for (key, value) in self { document.append(key, value) }
        return document
    }

    /// Checks that the document does not begin with an operator.
    ///
    /// - Throws: ``DocumentStoreError`` of the kind `invalidDocument`.
    func checkReplacement() throws(DocumentStoreError) {
        guard let key = keys.first, key.hasPrefix("$") else { return }
        throw DocumentStoreError(
            .invalidDocument, "The replacement holds the operator '\(key)'",
            remedy: "Write the whole new document, or use an update.")
    }
}

extension BSONDocument {
    /// Creates a document by encoding a value.
    ///
    /// - Throws: ``DocumentStoreError`` of the kind `invalidDocument`, or any error that the value itself throws.
    init(encoding value: some Encodable) throws {
        do { self = try BSONEncoder().encode(value) } catch EncodingError.invalidValue(_, let context) {
            throw DocumentStoreError(.invalidDocument, context.debugDescription)
        }
    }
}

extension BSONValue {
    /// Creates a list of documents.
    init(_ documents: [BSONDocument]) { self = .array(documents.map(BSONValue.document)) }
}
