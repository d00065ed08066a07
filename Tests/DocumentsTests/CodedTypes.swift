import Documents
import Foundation
import Values

enum Mode: String, Codable { case fast, slow }
enum Shape: Codable, Equatable {
    case point
    case circle(radius: Double)
    case named(String, Int)
}

struct Part: Codable, Equatable {
    var x: Int
    var y: Double?
}

/// A type that encodes null explicitly, where a synthesized coding would leave out the key.
struct Explicit: Codable, Equatable {
    var value: Int?

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(value, forKey: .value)
    }
}

/// A type that hands its coder over to its member.
struct Handed<Value: Codable & Equatable>: Codable, Equatable {
    var value: Value

    init(_ value: Value) { self.value = value }
    init(from decoder: any Decoder) throws { value = try Value(from: decoder) }
    func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
}

class Base: Codable {
    var base = 1
}

final class Derived: Base {
    var derived = 2

    private enum CodingKeys: CodingKey { case derived }

    override init() { super.init() }

    required init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        derived = try container.decode(Int.self, forKey: .derived)
        try super.init(from: container.superDecoder())
    }

    override func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try super.encode(to: container.superEncoder())
        try container.encode(derived, forKey: .derived)
    }
}

/// A type that asks every kind of container for the largest integer types by name.
struct Large: Codable, Equatable {
    var signed: Int128
    var unsigned: UInt128
    var single: Single
    var list: List

    struct List: Codable, Equatable {
        var signed: Int128
        var unsigned: UInt128

        init(_ signed: Int128, _ unsigned: UInt128) { (self.signed, self.unsigned) = (signed, unsigned) }

        init(from decoder: any Decoder) throws {
            var container = try decoder.unkeyedContainer()
            signed = try container.decode(Int128.self)
            unsigned = try container.decode(UInt128.self)
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.unkeyedContainer()
            try container.encode(signed)
            try container.encode(unsigned)
        }
    }

    struct Single: Codable, Equatable {
        var number: Int128

        init(_ number: Int128) { self.number = number }
        init(from decoder: any Decoder) throws { number = try decoder.singleValueContainer().decode(Int128.self) }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(number)
        }
    }
}

/// A document inside a document, to any depth.
struct Nested: Codable {
    var depth: Int

    private enum CodingKeys: CodingKey { case next }

    init(depth: Int) { self.depth = depth }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        depth = 1 + (try container.decodeIfPresent(Nested.self, forKey: .next)?.depth ?? 0)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        if depth > 1 { try container.encode(Nested(depth: depth - 1), forKey: .next) }
    }
}

struct Whole: Codable, Equatable {
    var _id = ObjectID()
    var text = "t"
    var small: Int8 = -1
    var large: UInt64 = 1 << 40
    var double = 1.5
    var flag = true
    var date = Date(timeIntervalSince1970: 1_700_000_000.125)
    var uuid = UUID()
    var data = Data([1, 2, 3])
    var bytes: [UInt8] = [1, 2, 3]
    var url = URL(string: "http://a/b")
    var price = Decimal(string: "-12.50")
    var mode = Mode.slow
    var parts = [Part(x: 1, y: nil), Part(x: 2, y: 0.5)]
    var map = ["k": 1]
    var matrix: [[Int?]] = [[1, nil], []]
    var shapes: [Shape] = [.point, .circle(radius: 1), .named("n", 2)]
    var none: String?
    var anything: BSONValue = ["a": [1, nil]]
    var json: JSONValue = ["z": 1, "a": [2.0, nil]]
    var object: JSONObject = ["z": 1, "a": ["b": true]]
    var explicit = Explicit()
    var handed = Handed(ObjectID())
}
