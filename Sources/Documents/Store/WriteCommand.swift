/// A server command that performs consecutive writes of one kind.
///
/// Source: MongoDB manual, database commands `insert`, `update`, `delete`; "MongoDB Limits and Thresholds".
struct WriteCommand {
    /// The kinds of commands, which differ in the names of their parts.
    enum Kind: String {
        case insert, update, delete

        /// The name of the field that contains the entries.
        var entriesKey: String {
            switch self {
            case .insert: "documents"
            case .update: "updates"
            case .delete: "deletes"
            }
        }
    }

    let kind: Kind
    /// The position of the command's first write among all writes.
    let first: Int
    private(set) var entries: [BSONDocument]
    private var size: Int

    private static let mostEntries = 100_000
    /// The greatest number of bytes of a command's entries, unless it has only one. The server accepts 16 MB and 16
    /// KB in total.
    private static let mostBytes = 15 << 20
    /// The number of bytes that an entry takes in addition to its own.
    private static let entryOverhead = 8

    private init(_ kind: Kind, first: Int, entry: BSONDocument, size: Int) {
        self.kind = kind
        self.first = first
        entries = [entry]
        self.size = size
    }

    /// Returns the commands that perform the writes, as few as possible.
    ///
    /// - Throws: ``DocumentStoreError`` of the kind `invalidDocument` for the first write that cannot be sent.
    static func commands(for writes: [DocumentWrite]) throws(DocumentStoreError) -> [WriteCommand] {
        var commands: [WriteCommand] = []
        for (position, write) in writes.enumerated() {
            do throws(DocumentStoreError) { try write.check() } catch {
                throw writes.count == 1 ? error : error.ofWrite(position)
            }
            let (kind, entry) = (write.kind, write.entry)
            // A single write is sent as it is. Sending it shows whether it is valid.
            if writes.count == 1 { return [WriteCommand(kind, first: 0, entry: entry, size: 0)] }
            let size: Int
            do throws(BSONBytesError) { size = try entry.commandBytes.count + entryOverhead } catch {
                throw DocumentStoreError(.invalidDocument, error.description).ofWrite(position)
            }
            if let last = commands.last, last.kind == kind, last.entries.count < mostEntries,
                last.size + size <= mostBytes
            {
                commands[commands.count - 1].entries.append(entry)
                commands[commands.count - 1].size += size
            } else {
                commands.append(WriteCommand(kind, first: position, entry: entry, size: size))
            }
        }
        return commands
    }

    /// Returns the command for a collection.
    func body(_ collection: String, ordered: Bool) -> BSONDocument {
        [
            kind.rawValue: .string(collection), "ordered": .bool(ordered), kind.entriesKey: BSONValue(entries),
        ]
    }
}

extension DocumentWrite {
    fileprivate var kind: WriteCommand.Kind {
        switch action {
        case .insert: .insert
        case .update, .replace: .update
        case .delete: .delete
        }
    }

    /// The write in the form that the server's command takes.
    fileprivate var entry: BSONDocument {
        var entry: BSONDocument
        switch action {
        case .insert(let document): return document
        case .update(let filter, let update, let isMany):
            entry = ["q": .document(filter), "u": update.value]
            if isMany { entry["multi"] = true }
        case .replace(let filter, let replacement): entry = ["q": .document(filter), "u": .document(replacement)]
        case .delete(let filter, let isMany): entry = ["q": .document(filter), "limit": isMany ? 0 : 1]
        }
        entry.merge(options)
        return entry
    }
}

extension DocumentStoreError {
    /// Returns the error with the position of the write that it is about.
    fileprivate func ofWrite(_ position: Int) -> DocumentStoreError {
        DocumentStoreError(kind, "Write \(position): \(message)", remedy: remedy)
    }
}
