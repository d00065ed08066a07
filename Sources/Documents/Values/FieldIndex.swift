import Values

/// The positions of the fields of a large document, by the UTF-8 bytes of their keys.
struct FieldIndex: Sendable {
    private struct Key: Hashable {
        let text: String

        static func == (left: Key, right: Key) -> Bool { left.text.hasSameBytes(as: right.text) }
        func hash(into hasher: inout Hasher) { hasher.combine(text) }
    }

    private var positions: [Key: Int]

    /// Creates an empty index.
    ///
    /// - Parameter capacity: the number of fields that are expected.
    init(capacity: Int) {
        positions = Dictionary(minimumCapacity: capacity)
    }

    /// Returns the position of the first field with the given key.
    func position(of key: String) -> Int? { positions[Key(text: key)] }

    /// Adds a field, which counts only if it is the first with its key.
    mutating func add(_ key: String, at position: Int) {
        let key = Key(text: key)
        if positions[key] == nil { positions[key] = position }
    }
}
