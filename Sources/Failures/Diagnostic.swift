import Values

/// One error or warning of the compiler or linker.
package struct Diagnostic: Sendable, Hashable, Codable {
    /// The severity of a diagnostic.
    package enum Severity: String, Sendable, Hashable, Codable {
        case error, warning, note
    }

    /// A remark that belongs to an error or warning.
    package struct Note: Sendable, Hashable, Codable {
        /// The place that the note is about, or nil if the tool named none.
        package var place: Place?
        /// The remark, as the compiler words it.
        package var message: String

        package init(place: Place? = nil, message: String) {
            self.place = place
            self.message = message
        }
    }

    /// A place in a source file.
    package struct Place: Sendable, Hashable, Codable {
        /// The path relative to the workspace root, or the absolute path if the file lies outside.
        package var file: String
        /// The line, counted from 1, or nil if only the file is known.
        package var line: Int?
        /// The column in UTF-8 bytes, counted from 1, or nil if only the line or the file is known.
        package var column: Int?
        /// The text of the line, or nil if it is not known.
        package var sourceLine: String?

        /// Creates a place from the parts that the tool named.
        package init(file: String, line: Int? = nil, column: Int? = nil, sourceLine: String? = nil) {
            self.file = file
            self.line = line
            self.column = column
            self.sourceLine = sourceLine
        }
    }

    /// The severity, which is an error or a warning.
    package var severity: Severity
    /// The message, as the compiler words it.
    package var message: String
    /// The place in the user's code, or nil if the tool named none.
    package var place: Place?
    /// The notes, in the order in which they were printed.
    package var notes: [Note]

    /// Creates a diagnostic.
    package init(_ severity: Severity, _ message: String, at place: Place? = nil, notes: [Note] = []) {
        self.severity = severity
        self.message = message
        self.place = place
        self.notes = notes
    }

    /// The file's path relative to the workspace root, or nil if no file is known.
    package var file: String? { place?.file }
    /// The line, counted from 1, or nil if no line is known.
    package var line: Int? { place?.line }
    /// The column in UTF-8 bytes, counted from 1, or nil if no column is known.
    package var column: Int? { place?.column }
    /// The text of the line, or nil if it is not known.
    package var sourceLine: String? { place?.sourceLine }

    /// Returns the diagnostic as a compiler prints it: `path:line:column: error: message`, the line and a caret, and
    /// then the notes.
    package func rendered() -> String {
        let parts = [(place, severity, message)] + notes.map { ($0.place, .note, $0.message) }
        return parts.map { place, severity, message in
            [place?.description, "\(severity): \(message)"].compactMap(\.self).joined(separator: ": ")
                + (place?.excerpt ?? "")
        }.joined(separator: "\n")
    }
}

extension Diagnostic.Place: CustomStringConvertible {
    /// The place as `path:line:column`, as far as it is known.
    package var description: String {
        [file, line.map(String.init), column.map(String.init)].compactMap(\.self).joined(separator: ":")
    }

    /// The number of bytes of the texts.
    fileprivate var length: Int { file.utf8.count + (sourceLine?.utf8.count ?? 0) }

    /// The line and a caret under the column, each on a line of its own.
    fileprivate var excerpt: String {
        guard let sourceLine else { return "" }
        guard let column, column <= sourceLine.utf8.count + 1 else { return "\n\(sourceLine)" }
        let before = String(decoding: sourceLine.utf8.prefix(column - 1), as: UTF8.self)
        return "\n\(sourceLine)\n" + before.map { $0 == "\t" ? "\t" : " " } + "^"
    }
}

extension Diagnostic {
    /// The number of bytes of the texts.
    var length: Int {
        let notes = notes.reduce(0) { $0 + $1.message.utf8.count + ($1.place?.length ?? 0) }
        return message.utf8.count + (place?.length ?? 0) + notes
    }

    /// The diagnostic as `severity`, `message` and, as far as known, `file`, `line`, `column`, `sourceLine` and
    /// `notes`.
    var json: JSONValue {
        var object: JSONObject = ["severity": .string(severity.rawValue), "message": .string(message)]
        object["file"] = file.map(JSONValue.string)
        object["line"] = line.map { .integer(Int64($0)) }
        object["column"] = column.map { .integer(Int64($0)) }
        object["sourceLine"] = sourceLine.map(JSONValue.string)
        object["notes"] = .array(
            notes.map { ["message": .string($0.message), "place": $0.place.map { .string($0.description) } ?? .null] })
        return .object(object)
    }
}
