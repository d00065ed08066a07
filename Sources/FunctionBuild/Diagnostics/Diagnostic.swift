/// One error or warning of the compiler or linker.
package struct Diagnostic: Sendable, Hashable, Codable {
    /// How grave a diagnostic is.
    package enum Severity: String, Sendable, Hashable, Codable {
        case error, warning, note
    }

    /// A remark that belongs to an error or warning.
    package struct Note: Sendable, Hashable, Codable {
        /// The place it is about, nil when the tool named none.
        package var place: Place?
        /// The remark, as the compiler words it.
        package var message: String
    }

    /// A place in a source file.
    package struct Place: Sendable, Hashable, Codable {
        /// Relative to the workspace root; absolute when the file lies outside.
        package var file: String
        /// From 1; nil when only the file is known.
        package var line: Int?
        /// In UTF-8 bytes from 1; nil when only the line or file is known.
        package var column: Int?
        /// The text of the line, nil when it is not known.
        package var sourceLine: String?

        /// Creates a place, known as far as the tool named it.
        package init(file: String, line: Int? = nil, column: Int? = nil, sourceLine: String? = nil) {
            self.file = file
            self.line = line
            self.column = column
            self.sourceLine = sourceLine
        }
    }

    /// How grave it is: an error or a warning.
    package var severity: Severity
    /// What is wrong, as the compiler words it.
    package var message: String
    /// The user's place; nil when the tool named none.
    package var place: Place?
    /// In the order in which they came.
    package var notes: [Note]

    /// Creates a diagnostic.
    package init(_ severity: Severity, _ message: String, at place: Place? = nil, notes: [Note] = []) {
        self.severity = severity
        self.message = message
        self.place = place
        self.notes = notes
    }

    /// The file relative to the workspace root, nil when no file is known.
    package var file: String? { place?.file }
    /// From 1; nil when no line is known.
    package var line: Int? { place?.line }
    /// In UTF-8 bytes from 1; nil when no column is known.
    package var column: Int? { place?.column }
    /// The text of the line, nil when it is not known.
    package var sourceLine: String? { place?.sourceLine }

    /// The diagnostic as a compiler prints it: `path:line:column: error: message`, the line, a caret; then its notes.
    package func rendered() -> String {
        let parts = [(place, severity, message)] + notes.map { ($0.place, .note, $0.message) }
        return parts.map { place, severity, message in
            [place?.description, "\(severity): \(message)"].compactMap(\.self).joined(separator: ": ")
                + (place?.excerpt ?? "")
        }.joined(separator: "\n")
    }
}

extension Diagnostic.Place: CustomStringConvertible {
    /// `path:line:column`, as far as known.
    package var description: String {
        [file, line.map(String.init), column.map(String.init)].compactMap(\.self).joined(separator: ":")
    }

    /// The line and a caret under the column, each on a line of its own.
    fileprivate var excerpt: String {
        guard let sourceLine else { return "" }
        guard let column, column <= sourceLine.utf8.count + 1 else { return "\n\(sourceLine)" }
        let before = String(decoding: sourceLine.utf8.prefix(column - 1), as: UTF8.self)
        return "\n\(sourceLine)\n" + before.map { $0 == "\t" ? "\t" : " " } + "^"
    }
}
