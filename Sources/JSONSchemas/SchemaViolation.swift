/// A violation of a schema by a value.
package struct SchemaViolation: Hashable, Sendable, CustomStringConvertible {
    /// The path to the value, such as `points[2].x`, or an empty string for the whole value.
    package let path: String
    /// A description of the violation, to follow the path: `must be an integer, not "x"`.
    package let message: String

    /// Creates a violation.
    package init(path: String, message: String) {
        self.path = path
        self.message = message
    }

    package var description: String { path.isEmpty ? message : "\(path) \(message)" }
}
