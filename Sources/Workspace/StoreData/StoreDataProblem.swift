/// The reason why data cannot be exported or imported: the place in a file, if there is one, the problem, and its
/// remedy.
struct StoreDataProblem: Error, Equatable, CustomStringConvertible {
    /// The path of the file or folder.
    let path: String
    /// The number of the line, starting at 1; nil when the problem does not concern a line.
    var line: Int?
    let message: String
    var remedy: String?

    init(_ path: String, line: Int? = nil, _ message: String, remedy: String? = nil) {
        self.path = path
        self.line = line
        self.message = message
        self.remedy = remedy
    }

    /// A text such as `seed/acme/notes.jsonl:3: expected a value, found '}'`.
    var description: String {
        "\(path)\(line.map { ":\($0)" } ?? ""): \(message)" + (remedy.map { ". \($0)" } ?? "")
    }
}
