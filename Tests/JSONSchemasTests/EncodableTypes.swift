import Values

/// Types that are only `Encodable` and are hard to describe.
enum Written {
    /// A type with fields of many sizes, some of which are private or not encoded.
    struct Mixed: Encodable {
        let small: UInt8
        private let wide: Int64
        let flag: Bool
        let text: String
        private let inner: Inner
        let maybe: Inner?
        let list: [Inner]
        let large: Int128
        let mode: PlainTypes.Mode
        private let closed: ClosedRange<Int>?

        struct Inner: Encodable {
            let a: Int16
            let b: Double
        }

        enum CodingKeys: String, CodingKey {
            case small
            case flag = "is_flag"
            case text, maybe, list, large, mode
        }
    }

    /// A type that encodes by hand: a member only if it has a value, and computed ones.
    struct ByHand: Encodable {
        let name: String?
        enum CodingKeys: CodingKey { case name, double, list, inner }
        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            if let name { try container.encode(name, forKey: .name) }
            try container.encode(2.5, forKey: .double)
            var list = container.nestedUnkeyedContainer(forKey: .list)
            try list.encode(1)
            var inner = container.nestedContainer(keyedBy: CodingKeys.self, forKey: .inner)
            try inner.encodeNil(forKey: .name)
        }
    }

    struct Wrapper: Encodable {
        let value: PlainTypes.Point
        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(value)
        }
    }

    struct Generic<T: Encodable>: Encodable { let value: T }

    /// A type that is recursive through a class that creates its own samples.
    struct Holder: Encodable { let nodes: [Node] }

    final class Node: Encodable {
        let value = 1
    }

    class Base: Encodable {
        weak var parent: Base?
    }

    struct HoldsClass: Encodable {
        let base: Base
    }

    struct HoldsWeak: Encodable {
        weak var base: Base?
    }

    struct HoldsUnowned: Encodable {
        unowned let base: Base
    }

    struct HoldsUnownedOptional: Encodable {
        unowned(unsafe) var base: Base?
    }

    struct HoldsExistential: Encodable {
        let value: any Encodable
        func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
    }

    struct HoldsClosure: Encodable {
        let close: @Sendable () -> Void
        func encode(to encoder: any Encoder) throws { fatalError("is never called") }
    }

    struct HoldsPointer: Encodable {
        let pointer: UnsafePointer<Int>
        func encode(to encoder: any Encoder) throws { fatalError("is never called") }
    }

    struct HoldsSlice: Encodable {
        let slice: ArraySlice<Int>
        func encode(to encoder: any Encoder) throws { fatalError("is never called") }
    }

    struct HoldsTuple: Encodable {
        let pair: (Int, Base)
        func encode(to encoder: any Encoder) throws { fatalError("is never called") }
    }

    enum Payload: Encodable { case number(Int), none }

    struct HoldsPayload: Encodable { let payload: Payload }

    struct Throwing: Encodable {
        func encode(to encoder: any Encoder) throws { throw Hostile.Refusal() }
    }
}

struct NotCodable {}
