import SystemSupport

/// The sources of the functions at one moment: their contents by their paths relative to the functions' folder.
///
/// A source is a file whose name ends in `.swift`, but not in `Tests.swift`. Hidden files and folders are left out.
package struct SourceSnapshot: Sendable {
    /// One source file.
    struct File: Sendable {
        var contents: [UInt8]
        /// The file's stamp when it was read, which is not part of equality.
        var stamp: FileStamp?
    }

    private(set) var files: [String: File]

    init(files: [String: File]) { self.files = files }

    /// Creates a snapshot from contents that were not read from disk.
    package init(_ contents: [String: String]) {
        files = contents.mapValues { File(contents: Array($0.utf8), stamp: nil) }
    }

    /// The paths of the files, sorted.
    package var names: [String] { files.keys.sorted() }

    /// The contents of a file, or nil if there is no such file.
    package subscript(name: String) -> [UInt8]? { files[name]?.contents }

    /// Whether there are no sources.
    package var isEmpty: Bool { files.isEmpty }

    /// Returns the differences from an older snapshot.
    package func changes(since older: SourceSnapshot) -> SourceChanges {
        var changes = SourceChanges()
        for name in names {
            switch older[name] {
            case nil: changes.new.append(name)
            case let contents? where contents != self[name]: changes.changed.append(name)
            default: break
            }
        }
        changes.deleted = older.names.filter { files[$0] == nil }
        return changes
    }

    /// Groups of files with the same name in different folders, which one module cannot hold.
    package var namesUsedTwice: [[String]] {
        Dictionary(grouping: names, by: \.fileName).values.filter { $0.count > 1 }
            .sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// Whether nothing was written between reading the other snapshot and this one, not even the same contents again.
    func isUntouched(since other: SourceSnapshot) -> Bool {
        self == other && files.allSatisfy { $1.stamp == other.files[$0]?.stamp }
    }
}

extension SourceSnapshot: Equatable {
    package static func == (left: SourceSnapshot, right: SourceSnapshot) -> Bool {
        left.files.count == right.files.count && left.files.allSatisfy { right[$0] == $1.contents }
    }
}
