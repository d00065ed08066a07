import Values

/// The form of a type's JSON.
indirect enum Shape: Hashable, Sendable {
    case any
    case null
    /// A scalar with its `type` and further keywords, such as `format`.
    case scalar(String, JSONObject)
    /// One of the given values.
    case cases([JSONValue])
    case list(Shape, isUnique: Bool)
    /// A list of exactly the given elements.
    case tuple([Shape])
    /// An object with any names, or with only the given ones.
    case map(Shape, names: [String]?)
    case members(ObjectShape)
    case union([Shape])
    case nullable(Shape)
    /// The shape of the given type in the definitions.
    case reference(ObjectIdentifier)

    static let integer = scalar("integer", [:])
    static let number = scalar("number", [:])
    static let boolean = scalar("boolean", [:])
    static let string = scalar("string", [:])

    /// Returns the shape that accepts every value that any of the given shapes accepts.
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

    /// The shape that also accepts null.
    var orNull: Shape { isNullable ? self : .nullable(self) }

    /// Whether the shape accepts null besides other values.
    var isNullable: Bool {
        if case .nullable = self { true } else { false }
    }

    /// The shapes that `anyOf` lists for this shape, without the null of an optional.
    var options: [Shape] {
        switch self {
        case .union(let shapes): shapes.flatMap(\.options)
        case .nullable(let shape): shape.options
        default: [self]
        }
    }

    /// Whether the shape refers to a type, which has its own title, so that a property of this shape has none.
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
