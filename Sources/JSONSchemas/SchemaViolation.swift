/// One way in which a value does not conform to a schema.
package struct SchemaViolation: Hashable, Sendable, CustomStringConvertible {
    /// The way to the value, `points[2].x`; empty for the whole.
    package let path: String
    /// What is wrong, to stand after the path: `must be an integer, not "x"`.
    package let message: String

    /// Creates a violation.
    package init(path: String, message: String) {
        self.path = path
        self.message = message
    }

    package var description: String { path.isEmpty ? message : "\(path) \(message)" }
}
