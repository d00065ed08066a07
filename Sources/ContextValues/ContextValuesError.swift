/// A problem with the file that holds the context values; the user's to fix.
package struct ContextValuesError: Error, Sendable, Equatable {
    /// The name of the file in the workspace's root.
    package var file: String
    /// The line, counted from 1, nil when the problem is the file itself.
    package var line: Int?
    /// The column in characters, counted from 1, nil when there is no line.
    package var column: Int?
    /// What is wrong, without place and without a full stop.
    package var message: String
    /// How to put it right, as one sentence.
    package var remedy: String

    /// Creates a problem of a file.
    package init(file: String, line: Int? = nil, column: Int? = nil, message: String, remedy: String) {
        self.file = file
        self.line = line
        self.column = column
        self.message = message
        self.remedy = remedy
    }
}

extension ContextValuesError: CustomStringConvertible {
    /// `file:line:column: message`, as far as there is a place.
    package var description: String {
        let place = [line, column].compactMap(\.self).map { ":\($0)" }.joined()
        return "\(file)\(place): \(message)"
    }
}
