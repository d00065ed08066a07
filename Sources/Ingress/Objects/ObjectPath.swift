/// A folder of the object storage as an authorisation function names it, such as `assets/pump7/`. It cannot leave the
/// storage.
struct ObjectPath: Equatable {
    /// The folders, beginning with the outermost one; none for the whole storage.
    let folders: [String]

    /// Reads a path, which consists of folders with slashes between them. A slash at the end is optional.
    ///
    /// - Returns: nil for a path that is absolute, that contains an empty folder, `.` or `..`, or whose folders are not
    ///   valid file names.
    init?(_ text: String) {
        // This splits bytes, because a slash and a combining mark after it form a different character.
        var parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .map { String(Substring($0)) }
        if parts.last == "" { parts.removeLast() }
        for part in parts {
            guard !part.isEmpty, part != ".", part != "..", part.utf8.count <= 255,
                part.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F && $0 != "\\" })
            else { return nil }
        }
        folders = parts
    }

    /// The path with a slash at the end, as the cloud writes it.
    var text: String { folders.map { "\($0)/" }.joined() }
}
