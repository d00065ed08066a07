import Values

/// What the JSON of a type looks like.
indirect enum Shape: Hashable, Sendable {
    case any
    case null
    /// A scalar with its `type`, and further keywords such as `format`.
    case scalar(String, JSONObject)
    /// One of these values.
    case cases([JSONValue])
    case list(Shape, isUnique: Bool)
    /// A list of exactly these elements.
    case tuple([Shape])
    /// An object of any names, or of these.
    case map(Shape, names: [String]?)
    case members(ObjectShape)
    case union([Shape])
    case nullable(Shape)
    /// The shape under that type in the definitions.
    case reference(ObjectIdentifier)

    static let integer = scalar("integer", [:])
    static let number = scalar("number", [:])
    static let boolean = scalar("boolean", [:])
    static let string = scalar("string", [:])

    /// The shape that takes what any of these take.
    static func either(_ shapes: [Shape]) -> Shape {
        var distinct: [Shape] = []
        var isNullable = false
        for shape in shapes {
            for option in shape.options where !distinct.contains(option) { distinct.append(option) }
            isNullable = isNullable || shape.isNullable
        }
        guard let first = distinct.first else { return .any }
        let shape = distinct.count == 1 ? first : .union(distinct)
        return isNullable ? shape.orNull : shape
    }

    /// The shape that also takes null.
    var orNull: Shape { isNullable ? self : .nullable(self) }

    /// Whether null is taken besides something else.
    var isNullable: Bool {
        if case .nullable = self { true } else { false }
    }

    /// What `anyOf` lists of this shape, without null of an optional.
    var options: [Shape] {
        switch self {
        case .union(let shapes): shapes.flatMap(\.options)
        case .nullable(let shape): shape.options
        default: [self]
        }
    }

    /// Whether a property of this shape carries no title, as what is referred to has its own.
    var hasOwnTitle: Bool {
        switch self {
        case .reference: true
        case .nullable(let shape): shape.hasOwnTitle
        default: false
        }
    }

    /// The types that this shape refers to.
    var references: [ObjectIdentifier] {
        switch self {
        case .any, .null, .scalar, .cases: []
        case .list(let shape, _), .map(let shape, _), .nullable(let shape): shape.references
        case .tuple(let shapes), .union(let shapes): shapes.flatMap(\.references)
        case .members(let object):
            object.properties.flatMap(\.shape.references) + (object.others?.references ?? [])
        case .reference(let type): [type]
        }
    }
}
