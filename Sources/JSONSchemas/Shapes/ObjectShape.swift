import Values

/// The members of an object.
struct ObjectShape: Hashable, Sendable {
    /// One member that is known by name.
    struct Property: Hashable, Sendable {
        let name: String
        var shape: Shape
        var value: PropertyValue
    }

    var properties: [Property] = []
    /// What members of other names look like, nil when nothing is said about them.
    var others: Shape?
    /// Whether members of other names are refused.
    var isClosed = false
}

/// What a property's value is when it is missing.
enum PropertyValue: Hashable, Sendable {
    /// It must not be missing.
    case required
    /// It may be missing, and nothing is known about what that means.
    case optional
    case defaulting(JSONValue)
}
