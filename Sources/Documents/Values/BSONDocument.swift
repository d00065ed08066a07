import Values

/// A MongoDB document, with its fields in the order that sorts, commands and indexes depend on.
///
/// ```swift
/// let filter: BSONDocument = ["author": "usr1", "likes": ["$gt": 3]]
/// ```
///
/// Two keys are the same if their UTF-8 bytes are. Two documents are equal if they have equal fields in the same
/// order, as in MongoDB.
public struct BSONDocument: Sendable {
    /// One field of a document.
    public typealias Field = (key: String, value: BSONValue)

    private struct Entry: Sendable {
        var key: String
        var value: BSONValue
    }

    private var fields: [Entry] = []
    /// The positions of the keys, in large documents that were built key by key or are about to be decoded. Other
    /// documents have no index, because building it costs more than reading the document.
    private var index: FieldIndex?
    private static let linearLimit = 32

    /// Creates a document without fields.
    public init() {}

    /// Creates a document without fields, with room for the given number of them.
    init(capacity: Int) {
        fields.reserveCapacity(capacity)
    }

    /// Creates a document with the given fields, in their order. If a key repeats, its last value counts.
    public init(_ fields: some Sequence<(String, BSONValue)>) {
        for (key, value) in fields { self[key] = value }
    }

    /// The value of the first field with the given key, or nil if there is none. Setting nil removes the field.
    public subscript(key: String) -> BSONValue? {
        get { position(of: key).map { fields[$0].value } }
        set {
            switch (position(of: key), newValue) {
            case (let position?, let value?): fields[position].value = value
            case (nil, let value?):
                append(key, value)
                indexIfLarge()
            case (let position?, nil):
                fields.remove(at: position)
                index = nil
            case (nil, nil): break
            }
        }
    }

    /// The keys, in order.
    public var keys: [String] { fields.map(\.key) }

    /// Removes the first field with the given key.
    ///
    /// - Returns: the value of the field, or nil if there is no such field.
    @discardableResult
    public mutating func removeValue(forKey key: String) -> BSONValue? {
        let value = self[key]
        self[key] = nil
        return value
    }

    /// Merges the fields of `other` into this document, at the top level only.
    ///
    /// A value under an existing key is replaced in its place. Other fields are appended.
    public mutating func merge(_ other: BSONDocument) {
        for (key, value) in other { self[key] = value }
    }

    /// Appends a field without checking whether its key exists already, for readers of existing documents.
    package mutating func append(_ key: String, _ value: BSONValue) {
        fields.append(Entry(key: key, value: value))
        index?.add(key, at: fields.count - 1)
    }

    /// Returns the same document, prepared for many lookups.
    func indexed() -> BSONDocument {
        var document = self
        document.indexIfLarge()
        return document
    }

    private func position(of key: String) -> Int? {
        if let index { return index.position(of: key) }
        return fields.firstIndex { $0.key.hasSameBytes(as: key) }
    }

    private mutating func indexIfLarge() {
        guard index == nil, fields.count > Self.linearLimit else { return }
        var index = FieldIndex(capacity: fields.count)
        for (position, field) in fields.enumerated() { index.add(field.key, at: position) }
        self.index = index
    }
}

extension BSONDocument: Hashable {
    public static func == (left: BSONDocument, right: BSONDocument) -> Bool {
        left.fields.elementsEqual(right.fields) { $0.key.hasSameBytes(as: $1.key) && $0.value == $1.value }
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(count)
        for (key, value) in self {
            hasher.combine(key)
            hasher.combine(value)
        }
    }
}

extension BSONDocument: RandomAccessCollection {
    public var startIndex: Int { fields.startIndex }
    public var endIndex: Int { fields.endIndex }
    public subscript(position: Int) -> Field { (fields[position].key, fields[position].value) }
}

extension BSONDocument: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, BSONValue)...) { self.init(elements) }
}
