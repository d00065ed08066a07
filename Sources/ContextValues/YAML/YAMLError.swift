/// A problem in a YAML text, with its place.
package struct YAMLError: Error, Sendable, Equatable {
    /// The path or name of the file as the caller gave it, or nil for a text without a file.
    package var file: String?
    /// The line, counted from 1.
    package var line: Int
    /// The column in characters, counted from 1.
    package var column: Int
    /// A description of the problem, without the place and without a full stop.
    package var message: String

    /// Creates a problem at a place.
    package init(file: String? = nil, line: Int, column: Int, message: String) {
        self.file = file
        self.line = line
        self.column = column
        self.message = message
    }
}

extension YAMLError: CustomStringConvertible {
    /// The problem as `path:line:column: message`, without the path if there is no file.
    package var description: String {
        "\(file.map { "\($0):" } ?? "")\(line):\(column): \(message)"
    }
}
