import Values

struct Point: Codable {
    var x: Int
    var y: Double?
}

struct Empty: Codable {}

enum Mode: String, CaseIterable, Codable { case fast, slow }

enum KeyMode: String, CaseIterable, Codable, CodingKeyRepresentable { case fast, slow }

/// An enumeration that is not `CaseIterable`.
enum Level: Int, Codable { case low = 1, middle, high }

struct Line: Codable {
    var start: Point
    var end: Point
    var via: [Point]
    var label: String?
}

struct Node: Codable {
    var value: Int
    var next: [Node?]
    var children: [Node]
    var byName: [String: Node]

    enum CodingKeys: String, CodingKey {
        case value, next, children
        case byName = "by_name"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        value = try container.decode(Int.self, forKey: .value)
        next = [try container.decodeIfPresent(Node.self, forKey: .next)]
        children = try container.decode([Node].self, forKey: .children)
        byName = try container.decode([String: Node].self, forKey: .byName)
    }
}

final class Left: Codable {
    var right: Right?
}

struct Right: Codable {
    var lefts: [Left]
}

struct Settings: Codable {
    var mode: Mode
    var level: Level?
    var modes: [Mode]
    var maxSpeed: Double
    var isURL: Bool

    enum CodingKeys: String, CodingKey {
        case mode, level, modes
        case maxSpeed = "max_speed"
        case isURL
    }
}

struct Deep: Codable {
    var lines: [String: [Line]]
    var pair: Pair
    var matrix: [[Double]]
    var extra: JSONValue
    var maybe: Point?
}

/// A list of two values that is decoded without asking for its end.
struct Pair: Codable {
    var number: Int
    var text: String

    init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        number = try container.decode(Int.self)
        text = try container.decode(String.self)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        try container.encode(number)
        try container.encode(text)
    }
}

enum IntegerOrText: Codable {
    case integer(Int)
    case text(String)

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let integer = try? container.decode(Int.self) {
            self = .integer(integer)
        } else {
            self = .text(try container.decode(String.self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .integer(let integer): try container.encode(integer)
        case .text(let text): try container.encode(text)
        }
    }
}
