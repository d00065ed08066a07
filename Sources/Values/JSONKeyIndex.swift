/// A hash table from the keys of an object to their positions, by the keys' UTF-8 bytes.
///
/// It holds positions only, so every use needs the members that it was made of.
struct JSONKeyIndex: Sendable {
    /// Position + 1 of the member in each slot, 0 for none; the number of slots is a power of two, at most half of them
    /// filled.
    private var slots: [Int32]

    /// Creates an index of these members, nil when two of them have the same key.
    init?(unique members: [JSONObject.Entry]) {
        slots = [Int32](repeating: 0, count: Self.slotCount(for: members.count))
        for position in members.indices {
            guard insert(position, of: members) else { return nil }
        }
    }

    /// Position of the member with that key.
    func position(of key: String, in members: [JSONObject.Entry]) -> Int? {
        let entry = slots[slot(for: key, in: members)]
        return entry == 0 ? nil : Int(entry) - 1
    }

    /// Takes in the last member, whose key must be new.
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

    /// The slot of that key, or the empty one where it would belong.
    private func slot(for key: String, in members: [JSONObject.Entry]) -> Int {
        let mask = slots.count - 1
        var slot = key.byteHash & mask
        while slots[slot] != 0, !members[Int(slots[slot]) - 1].key.hasSameBytes(as: key) { slot = (slot + 1) & mask }
        return slot
    }
}

extension String {
    /// Whether both consist of the same UTF-8 bytes; `==` also takes canonically equivalent texts for the same.
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

    /// A hash of the UTF-8 bytes, seeded anew in each process.
    fileprivate var byteHash: Int {
        var hasher = Hasher()
        unsafe utf8.span.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
        return hasher.finalize()
    }
}
