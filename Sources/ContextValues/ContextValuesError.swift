/// A problem with the file that contains the context values, for the user to fix.
package struct ContextValuesError: Error, Sendable, Equatable {
    /// The name of the file in the workspace's root.
    package var file: String
    /// The line, counted from 1, or nil if the problem is the file itself.
    package var line: Int?
    /// The column in characters, counted from 1, or nil if there is no line.
    package var column: Int?
    /// A description of the problem, without the place and without a full stop.
    package var message: String
    /// A way to fix the problem, as one sentence.
    package var remedy: String

    /// Creates a problem with a file.
    package init(file: String, line: Int? = nil, column: Int? = nil, message: String, remedy: String) {
        self.file = file
        self.line = line
        self.column = column
        self.message = message
        self.remedy = remedy
    }
}

extension ContextValuesError: CustomStringConvertible {
    /// The problem as `file:line:column: message`, without a place if there is none.
    package var description: String {
        let place = [line, column].compactMap(\.self).map { ":\($0)" }.joined()
        return "\(file)\(place): \(message)"
    }
}
