/// A hash table from the keys of an object to their positions, by the keys' UTF-8 bytes.
///
/// It holds only positions, so each use needs the members that it was made from.
struct JSONKeyIndex: Sendable {
    /// The position + 1 of the member in each slot, or 0 if the slot is empty. The number of slots is a power of two,
    /// and at most half of them are filled.
    private var slots: [Int32]

    /// Creates an index of the given members, or returns nil if two of them have the same key.
    init?(unique members: [JSONObject.Entry]) {
        slots = [Int32](repeating: 0, count: Self.slotCount(for: members.count))
        for position in members.indices {
            guard insert(position, of: members) else { return nil }
        }
    }

    /// Returns the position of the member with the given key.
    func position(of key: String, in members: [JSONObject.Entry]) -> Int? {
        let entry = slots[slot(for: key, in: members)]
        return entry == 0 ? nil : Int(entry) - 1
    }

    /// Adds the last member, whose key must be new.
    mutating func insertLast(of members: [JSONObject.Entry]) {
        if members.count * 2 > slots.count {
            slots = [Int32](repeating: 0, count: Self.slotCount(for: members.count))
            for position in members.indices { _ = insert(position, of: members) }
        } else {
            _ = insert(members.count - 1, of: members)
        }
    }

    private static func slotCount(for count: Int) -> Int {
        var slots = 64
        while slots < count * 2 { slots *= 2 }
        return slots
    }

    private mutating func insert(_ position: Int, of members: [JSONObject.Entry]) -> Bool {
        let slot = slot(for: members[position].key, in: members)
        guard slots[slot] == 0 else { return false }
        slots[slot] = Int32(position + 1)
        return true
    }

    /// Returns the slot of the given key, or the empty slot where it belongs.
    private func slot(for key: String, in members: [JSONObject.Entry]) -> Int {
        let mask = slots.count - 1
        var slot = key.byteHash & mask
        while slots[slot] != 0, !members[Int(slots[slot]) - 1].key.hasSameBytes(as: key) { slot = (slot + 1) & mask }
        return slot
    }
}

extension String {
    /// Returns whether both strings consist of the same UTF-8 bytes. In contrast, `==` also treats canonically
    /// equivalent strings as equal.
    @inline(__always)
    package func hasSameBytes(as other: String) -> Bool {
        let left = utf8
        let right = other.utf8
        guard left.count == right.count else { return false }
        let leftBytes = left.span
        let rightBytes = right.span
        for index in leftBytes.indices where unsafe leftBytes[unchecked: index] != rightBytes[unchecked: index] {
            return false
        }
        return true
    }

    /// A hash of the UTF-8 bytes, with a different seed in each process.
    fileprivate var byteHash: Int {
        var hasher = Hasher()
        unsafe utf8.span.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
        return hasher.finalize()
    }
}
