import Values

/// Where the fields of a large document are, by the UTF-8 bytes of their keys.
struct FieldIndex: Sendable {
    private struct Key: Hashable {
        let text: String

        static func == (left: Key, right: Key) -> Bool { left.text.hasSameBytes(as: right.text) }
        func hash(into hasher: inout Hasher) { hasher.combine(text) }
    }

    private var positions: [Key: Int]

    /// Creates an index without fields.
    ///
    /// - Parameter capacity: how many are expected.
    init(capacity: Int) {
        positions = Dictionary(minimumCapacity: capacity)
    }

    /// The position of the first field with that key.
    func position(of key: String) -> Int? { positions[Key(text: key)] }

    /// Takes in a field, which counts when it is the first with that key.
    mutating func add(_ key: String, at position: Int) {
        let key = Key(text: key)
        if positions[key] == nil { positions[key] = position }
    }
}
