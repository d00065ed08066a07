/// A JSON object, whose members keep their order.
///
/// Two keys are the same if their UTF-8 bytes are. Two objects are equal if they hold equal values under the same
/// keys, in any order. Setting a key again replaces its value and keeps its position.
public struct JSONObject: Sendable {
    /// One member of an object.
    public typealias Member = (key: String, value: JSONValue)

    /// A member as it is stored. It is a struct because tuples are copied and destroyed more slowly.
    struct Entry: Sendable {
        var key: String
        var value: JSONValue
    }

    private var members: [Entry] = []
    /// The positions of the keys, once the object is too large for a linear search to be as fast.
    private var index: JSONKeyIndex?
    private static let linearLimit = 16

    /// Creates an empty object.
    public init() {}

    /// Creates an object with the given members. If a key repeats, its last value counts.
    public init(_ members: some Sequence<(String, JSONValue)>) {
        for (key, value) in members { self[key] = value }
    }

    /// Creates an object with members whose keys may repeat, and takes over their storage if none does.
    init(parsed members: [Entry]) {
        self.init()
        if members.count <= Self.linearLimit {
            for later in members.indices.dropFirst() {
                for earlier in 0..<later where members[earlier].key.hasSameBytes(as: members[later].key) {
                    self = JSONObject(members.lazy.map { ($0.key, $0.value) })
                    return
                }
            }
            self.members = members
        } else if let index = JSONKeyIndex(unique: members) {
            self.members = members
            self.index = index
        } else {
            self = JSONObject(members.lazy.map { ($0.key, $0.value) })
        }
    }

    /// The value under the given key, or nil if there is none. Setting nil removes the member.
    public subscript(key: String) -> JSONValue? {
        get { position(of: key).map { members[$0].value } }
        set {
            switch (position(of: key), newValue) {
            case (let position?, let value?): members[position].value = value
            case (nil, let value?): append(key, value)
            case (let position?, nil):
                members.remove(at: position)
                index = nil
                indexIfLarge()
            case (nil, nil): break
            }
        }
    }

    /// The keys, in order.
    public var keys: [String] { members.map(\.key) }

    /// Merges the members of `other` into this object, at the top level only. They replace those with the same keys.
    public mutating func merge(_ other: JSONObject) {
        for (key, value) in other { self[key] = value }
    }

    /// Reserves space for the given number of members.
    mutating func reserveCapacity(_ count: Int) { members.reserveCapacity(count) }

    /// Returns the position of the member with the given key.
    func position(of key: String) -> Int? {
        if let index { return index.position(of: key, in: members) }
        for position in members.indices where members[position].key.hasSameBytes(as: key) { return position }
        return nil
    }

    private mutating func append(_ key: String, _ value: JSONValue) {
        members.append(Entry(key: key, value: value))
        if index == nil { indexIfLarge() } else { index?.insertLast(of: members) }
    }

    private mutating func indexIfLarge() {
        guard members.count > Self.linearLimit else { return }
        index = JSONKeyIndex(unique: members)
    }
}

extension JSONObject: RandomAccessCollection {
    public var startIndex: Int { members.startIndex }
    public var endIndex: Int { members.endIndex }
    public subscript(position: Int) -> Member { (members[position].key, members[position].value) }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, JSONValue)...) { self.init(elements) }
}

extension JSONObject: Hashable {
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.count == right.count && left.allSatisfy { right[$0.key] == $0.value }
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(count)
        var combined = 0
        for (key, value) in self {
            var member = Hasher()
            member.combine(key)
            member.combine(value)
            combined ^= member.finalize()
        }
        hasher.combine(combined)
    }
}
