/// Why data cannot be exported or imported: a place in a file where there is one, what is wrong, and what to do.
struct StoreDataProblem: Error, Equatable, CustomStringConvertible {
    /// Path of the file or folder.
    let path: String
    /// From 1; nil where it is no matter of a line.
    var line: Int?
    let message: String
    var remedy: String?

    init(_ path: String, line: Int? = nil, _ message: String, remedy: String? = nil) {
        self.path = path
        self.line = line
        self.message = message
        self.remedy = remedy
    }

    /// As in `seed/acme/notes.jsonl:3: expected a value, found '}'`.
    var description: String {
        "\(path)\(line.map { ":\($0)" } ?? ""): \(message)" + (remedy.map { ". \($0)" } ?? "")
    }
}
