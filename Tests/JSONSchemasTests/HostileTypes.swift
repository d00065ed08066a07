import Values

/// Types that are hard to describe.
enum Hostile {
    // MARK: Refusing values

    struct Percentage: Decodable {
        init(from decoder: any Decoder) throws {
            let number = try decoder.singleValueContainer().decode(Int.self)
            guard 1...100 ~= number else { throw Refusal() }
        }
    }

    struct Email: Decodable {
        init(from decoder: any Decoder) throws {
            guard try decoder.singleValueContainer().decode(String.self).contains("@") else { throw Refusal() }
        }
    }

    struct Interval: Decodable {
        enum CodingKeys: CodingKey { case from, to, label }
        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            let from = try container.decode(Int.self, forKey: .from)
            guard try container.decode(Int.self, forKey: .to) > from else { throw Refusal() }
            _ = try container.decodeIfPresent(String.self, forKey: .label)
        }
    }

    struct Checked: Decodable {
        var percentage: Percentage
        var email: Email
        var range: ClosedRange<Int>
        var some: NonEmpty
    }

    struct NonEmpty: Decodable {
        init(from decoder: any Decoder) throws {
            guard try !decoder.singleValueContainer().decode([String].self).isEmpty else { throw Refusal() }
        }
    }

    struct Never: Decodable {
        init(from decoder: any Decoder) throws { throw Refusal() }
    }

    struct Refusal: Error {}

    // MARK: Endless types

    struct Growing<T>: Decodable {
        init(from decoder: any Decoder) throws {
            _ = try decoder.container(keyedBy: StepKey.self).decode([Growing<[T]>].self, forKey: .name("next"))
        }
    }

    struct Branching<T>: Decodable {
        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: StepKey.self)
            _ = try? container.decodeIfPresent(Branching<(T, Int)>.self, forKey: .name("left"))
            _ = try? container.decodeIfPresent(Branching<(Int, T)>.self, forKey: .name("right"))
        }
    }

    final class Endless: Decodable {
        var next: Endless
    }

    struct Loops: Decodable {
        init(from decoder: any Decoder) throws {
            var container = try decoder.unkeyedContainer()
            while true { _ = try container.decode(Int.self) }
        }
    }

    struct Digs: Decodable {
        enum CodingKeys: CodingKey { case deeper }
        init(from decoder: any Decoder) throws { try Self.dig(decoder.container(keyedBy: CodingKeys.self)) }
        static func dig(_ container: KeyedDecodingContainer<CodingKeys>) throws {
            guard container.contains(.deeper) else { return }
            try dig(container.nestedContainer(keyedBy: CodingKeys.self, forKey: .deeper))
        }
    }

    struct Counts: Decodable {
        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: StepKey.self)
            var index = 0
            while container.contains(.name("item\(index)")) { index += 1 }
        }
    }

    struct Numbered: Decodable {
        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: StepKey.self)
            var index = 0
            while true {
                _ = try container.decode(Int.self, forKey: .name("item\(index)"))
                index += 1
            }
        }
    }

    struct Nests: Decodable {
        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: StepKey.self)
            while (try? container.nestedContainer(keyedBy: StepKey.self, forKey: .name("inner"))) != nil {}
        }
    }

    indirect enum Tree: Codable {
        case branch(left: Pair, Tree)
        case leaf(Int)
        case nothing

        struct Pair: Codable { var first: Tree; var second: Tree }
    }

    enum Chain: Decodable {
        case link(Link)

        final class Link: Decodable { var chain: Chain }
    }

    // MARK: Ways of decoding

    class Animal: Decodable {
        var name: String
    }

    final class Dog: Animal {
        enum CodingKeys: CodingKey { case good }
        var good: Bool
        required init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            good = try container.decode(Bool.self, forKey: .good)
            try super.init(from: decoder)
        }
    }

    final class Cat: Animal {
        enum CodingKeys: CodingKey { case lives }
        var lives: Int
        required init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            lives = try container.decode(Int.self, forKey: .lives)
            try super.init(from: container.superDecoder())
        }
    }

    enum Kind: String, Decodable { case circle, square }

    /// An enumeration whose cases are told apart by a member.
    enum Figure: Decodable {
        case circle(Double), square(Int)
        enum CodingKeys: CodingKey { case kind, radius, side }
        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            switch try container.decode(Kind.self, forKey: .kind) {
            case .circle: self = .circle(try container.decode(Double.self, forKey: .radius))
            case .square: self = .square(try container.decode(Int.self, forKey: .side))
            }
        }
    }

    struct Bag: Decodable {
        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: StepKey.self)
            for key in container.allKeys { _ = try container.decode(Double.self, forKey: key) }
        }
    }

    struct ByHand: Decodable {
        enum CodingKeys: CodingKey { case there, null, both, inner, list }
        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            if container.contains(.there) { _ = try container.decode(Int.self, forKey: .there) }
            if try !container.decodeNil(forKey: .null) { _ = try container.decode(String.self, forKey: .null) }
            if container.contains(.both), try !container.decodeNil(forKey: .both) {
                _ = try container.decode(Bool.self, forKey: .both)
            }
            let inner = try container.nestedContainer(keyedBy: CodingKeys.self, forKey: .inner)
            _ = try inner.decode(Point.self, forKey: .there)
            var list = try container.nestedUnkeyedContainer(forKey: .list)
            while !list.isAtEnd { _ = try list.decode(Int.self) }
        }
    }

    enum AnyJSON: Decodable {
        case null, bool(Bool), number(Double), text(String), list([AnyJSON]), object([String: AnyJSON])
        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                self = .null
            } else if let bool = try? container.decode(Bool.self) {
                self = .bool(bool)
            } else if let number = try? container.decode(Double.self) {
                self = .number(number)
            } else if let text = try? container.decode(String.self) {
                self = .text(text)
            } else if let list = try? container.decode([AnyJSON].self) {
                self = .list(list)
            } else {
                self = .object(try container.decode([String: AnyJSON].self))
            }
        }
    }

    struct Flags: OptionSet, Codable { let rawValue: Int }

    @propertyWrapper struct Clamped: Codable {
        var wrappedValue: Int
        init(from decoder: any Decoder) throws {
            wrappedValue = min(10, try decoder.singleValueContainer().decode(Int.self))
        }
    }

    struct Wrapping: Decodable { @Clamped var amount: Int }

    struct Large: Codable { var signed: Int128; var unsigned: UInt128?; var float: Float? }

    struct Generic<T: Decodable>: Decodable { var value: T }

    enum Outer { struct Point: Decodable { var z: Int } }

    // MARK: Enums

    enum Opaque: RawRepresentable, Decodable {
        case known, unknown(String)
        var rawValue: String { if case .unknown(let text) = self { text } else { "known" } }
        init?(rawValue: String) { self = rawValue == "known" ? .known : .unknown(rawValue) }
    }

    struct HoldsOpaque: Decodable { var shapes: [Opaque] }

    enum Branches: Decodable {
        case branch(list: [HoldsOpaque])
    }

    /// An enumeration that encodes texts other than its raw values.
    enum Renamed: Int, CaseIterable, Codable {
        case one = 1, two
        init(from decoder: any Decoder) throws { self = .one }
        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode("no. \(rawValue)")
        }
    }

    enum Plain: Codable { case small, large }
}
