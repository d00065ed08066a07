import Failures

extension Failure {
    /// Returns the failure for data that cannot be exported or imported, such as
    /// `seed/acme/notes.jsonl:3: expected a value, found '}'`.
    ///
    /// - Parameters:
    ///   - path: the path of the file or folder.
    ///   - line: the number of the line, starting at 1, or nil if the problem does not concern a line.
    static func storeData(_ path: String, line: Int? = nil, _ message: String, remedy: String? = nil) -> Failure {
        let place = line.map { SourcePlace(file: path, line: $0) }
        return Failure(.invalidData, "\(place?.description ?? path): \(message)", remedy: remedy, location: place)
    }
}
