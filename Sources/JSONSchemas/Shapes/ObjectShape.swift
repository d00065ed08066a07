import Values

/// The members of an object.
struct ObjectShape: Hashable, Sendable {
    /// A member with a known name.
    struct Property: Hashable, Sendable {
        let name: String
        var shape: Shape
        var value: PropertyValue
    }

    var properties: [Property] = []
    /// The shape of members with other names, or nil if it is not specified.
    var others: Shape?
    /// Whether members with other names are rejected.
    var isClosed = false
}

/// The value of a property that is missing.
enum PropertyValue: Hashable, Sendable {
    /// The property must not be missing.
    case required
    /// The property may be missing, and its value is then unknown.
    case optional
    case defaulting(JSONValue)
}
