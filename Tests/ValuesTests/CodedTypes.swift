import Foundation

struct Point: Codable, Hashable {
    var x: Int
    var y: Int
}

struct Everything: Codable, Hashable {
    enum Colour: String, Codable { case red, green }
    enum Shape: Codable, Hashable {
        case dot
        case circle(centre: Point, radius: Double)
        case text(String)
    }

    var int = -1
    var int8: Int8 = -8
    var int16: Int16 = -16
    var int32: Int32 = -32
    var int64 = Int64.min
    var uint: UInt = 1
    var uint8: UInt8 = 255
    var uint16: UInt16 = 16
    var uint32: UInt32 = 32
    var uint64 = UInt64.max
    var int128 = Int128.min
    var uint128 = UInt128.max
    var double = 0.1
    var float: Float = 0.1
    var bool = true
    var string = "text é"
    var colour = Colour.green
    var shapes: [Shape] = [.dot, .circle(centre: Point(x: 1, y: 2), radius: 2.5), .text("hello")]
    var points = [Point(x: 3, y: 4)]
    var holes: [Int?] = [1, nil, 3]
    var present: String? = "here"
    var absent: String?
    var byName: [String: Point] = ["a b": Point(x: 5, y: 6)]
    var byNumber: [Int: String] = [7: "seven"]
    var byColour: [Colour: Int] = [.red: 1]
    var pairs: [Double: Int] = [1.5: 2]
    var date = Date(timeIntervalSince1970: 1_767_323_045.25)
    var data = Data([0, 1, 254, 255])
    var url = URL(string: "https://example.org/a?b=c")
    var uuid = UUID(uuidString: "E621E1F8-C36C-495A-93FC-0C247A3E6E5F")
    var decimal = Decimal(string: "12.5")
    var set: Set<Int> = [4]
    var large: [Int128] = [.max]
    var largest: UInt128? = .max
    var largestByName: [String: UInt128?] = ["a": 1, "b": nil]
    var nested = [[[1], []], []]
}

extension Everything.Colour: CodingKeyRepresentable {}

class Animal: Codable {
    var name: String
    init(name: String) { self.name = name }
}

final class Dog: Animal {
    var tricks: [String]
    var usesSuperKey: Bool

    init(name: String, tricks: [String], usesSuperKey: Bool) {
        self.tricks = tricks
        self.usesSuperKey = usesSuperKey
        super.init(name: name)
    }

    enum Keys: CodingKey { case tricks, parent }

    required init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Keys.self)
        tricks = try container.decode([String].self, forKey: .tricks)
        usesSuperKey = !container.contains(.parent)
        try super.init(from: usesSuperKey ? try container.superDecoder() : try container.superDecoder(forKey: .parent))
    }

    override func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Keys.self)
        try super.encode(to: usesSuperKey ? container.superEncoder() : container.superEncoder(forKey: .parent))
        try container.encode(tricks, forKey: .tricks)
    }
}

/// A class whose superclass encodes into the same object.
final class Cat: Animal {
    var lives: Int
    init(name: String, lives: Int) {
        self.lives = lives
        super.init(name: name)
    }
    enum Keys: CodingKey { case lives }
    required init(from decoder: any Decoder) throws {
        lives = try decoder.container(keyedBy: Keys.self).decode(Int.self, forKey: .lives)
        try super.init(from: decoder)
    }
    override func encode(to encoder: any Encoder) throws {
        try super.encode(to: encoder)
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(lives, forKey: .lives)
    }
}

/// A type that uses every kind of nested container, and fills them in an order other than that of their creation.
struct Crossed: Codable, Equatable {
    var a = 1
    var b = [2, 3]
    var c = "four"
    var d = [5]

    init() {}
    enum Keys: CodingKey { case object, list }
    enum Inner: CodingKey { case a, d }

    init(from decoder: any Decoder) throws {
        let top = try decoder.container(keyedBy: Keys.self)
        let object = try top.nestedContainer(keyedBy: Inner.self, forKey: .object)
        var list = try top.nestedUnkeyedContainer(forKey: .list)
        a = try object.decode(Int.self, forKey: .a)
        var numbers = try list.nestedUnkeyedContainer()
        b = []
        while !numbers.isAtEnd { b.append(try numbers.decode(Int.self)) }
        c = try list.nestedContainer(keyedBy: Inner.self).decode(String.self, forKey: .a)
        d = [try Int(from: list.superDecoder())]
    }

    func encode(to encoder: any Encoder) throws {
        var top = encoder.container(keyedBy: Keys.self)
        var object = top.nestedContainer(keyedBy: Inner.self, forKey: .object)
        var list = top.nestedUnkeyedContainer(forKey: .list)
        var numbers = list.nestedUnkeyedContainer()
        var inner = list.nestedContainer(keyedBy: Inner.self)
        try d[0].encode(to: list.superEncoder())
        try inner.encode(c, forKey: .a)
        for number in b { try numbers.encode(number) }
        try object.encode(a, forKey: .a)
        try object.encodeNil(forKey: .d)
    }
}
