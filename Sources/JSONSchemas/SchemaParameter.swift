package import Values

/// A parameter of a function whose input is described.
package struct SchemaParameter {
    /// The name under which its argument comes.
    package var name: String
    /// The type that the argument is decoded as.
    package var type: any Decodable.Type
    /// Whether the argument may be missing because of a default.
    package var hasDefault: Bool
    /// The default as JSON, nil when it has none or none that is known.
    package var defaultValue: JSONValue?
    /// What is said about it, for `description`.
    package var documentation: String?

    /// Creates a parameter; one with a `defaultValue` has a default.
    package init(
        name: String, type: any Decodable.Type, hasDefault: Bool = false, defaultValue: JSONValue? = nil,
        documentation: String? = nil
    ) {
        self.name = name
        self.type = type
        self.hasDefault = hasDefault || defaultValue != nil
        self.defaultValue = defaultValue
        self.documentation = documentation
    }
}
