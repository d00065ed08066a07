package import Values

/// A parameter of a function whose input is described.
package struct SchemaParameter {
    /// The name under which the argument is passed.
    package var name: String
    /// The type that the argument is decoded as.
    package var type: any Decodable.Type
    /// Whether the argument may be missing because the parameter has a default.
    package var hasDefault: Bool
    /// The default as JSON, or nil if there is none or it is unknown.
    package var defaultValue: JSONValue?
    /// The documentation of the parameter, for `description`.
    package var documentation: String?

    /// Creates a parameter. A parameter with a `defaultValue` has a default.
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
