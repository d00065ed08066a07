/// A MongoDB document: fields in order, as sorts, commands and indexes need them.
///
/// ```swift
/// let filter: BSONDocument = ["author": "usr1", "likes": ["$gt": 3]]
/// ```
///
/// Keys are the same when their UTF-8 bytes are. Two documents are equal when they hold equal fields in the same order, as for
/// MongoDB.
public struct BSONDocument: Sendable {
    /// One field of a document.
    public typealias Field = (key: String, value: BSONValue)

    private struct Entry: Sendable, Hashable {
        var key: String
        var value: BSONValue
    }

    private var fields: [Entry] = []

    /// Creates a document without fields.
    public init() {}

    /// Creates a document of these fields, in this order; of fields with the same key the last value counts.
    public init(_ fields: some Sequence<(String, BSONValue)>) {
        for (key, value) in fields { self[key] = value }
    }

    /// The value of the first field with that key; setting nil removes the field.
    public subscript(key: String) -> BSONValue? {
        get { position(of: key).map { fields[$0].value } }
        set {
            switch (position(of: key), newValue) {
            case (let position?, let value?): fields[position].value = value
            case (nil, let value?): fields.append(Entry(key: key, value: value))
            case (let position?, nil): fields.remove(at: position)
            case (nil, nil): break
            }
        }
    }

    /// The keys in order.
    public var keys: [String] { fields.map(\.key) }

    /// Adds a field at the end without looking whether there is one of that key; for readers of documents that already exist.
    package mutating func append(_ key: String, _ value: BSONValue) {
        fields.append(Entry(key: key, value: value))
    }

    private func position(of key: String) -> Int? {
        fields.firstIndex { $0.key.utf8.elementsEqual(key.utf8) }
    }
}

extension BSONDocument: Hashable {}

extension BSONDocument: RandomAccessCollection {
    public var startIndex: Int { fields.startIndex }
    public var endIndex: Int { fields.endIndex }
    public subscript(position: Int) -> Field { (fields[position].key, fields[position].value) }
}

extension BSONDocument: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, BSONValue)...) { self.init(elements) }
}
