import Values

/// Types that are only `Encodable`.
enum PlainTypes {
    struct Point: Encodable {
        let x: Int
        let y: Double?
    }

    struct Line: Encodable {
        let start: Point
        let end: Point
        private let cache: (Int32?, flag: Bool)? = nil
        let via: [Point]
        let label: String?

        enum CodingKeys: CodingKey { case start, end, via, label }
    }

    struct Node: Encodable {
        let value: Int
        let next: [Node]
        let children: [Node]
        let named: [String: Node]

        enum CodingKeys: String, CodingKey {
            case value, next, children
            case named = "by_name"
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(value, forKey: .value)
            try container.encodeIfPresent(next.first, forKey: .next)
            try container.encode(children, forKey: .children)
            try container.encode(named, forKey: .named)
        }
    }

    enum Level: Int, Encodable { case low = 1, middle, high }
    enum Mode: String, Encodable { case fast, slow }

    struct Settings: Encodable {
        let isURL: Bool
        let mode: Mode
        let level: Level?
        let modes: [Mode]
        let maxSpeed: Double

        enum CodingKeys: String, CodingKey {
            case mode, level, modes
            case maxSpeed = "max_speed"
            case isURL
        }
    }

    struct Deep: Encodable {
        let lines: [String: [Line]]
        let pair: Pair
        let matrix: [[Double]]
        let extra: JSONValue
        let maybe: Point?
    }
}
