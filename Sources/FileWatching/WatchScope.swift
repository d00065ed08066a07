/// The files that a watcher looks at: folders with everything below them, and single files.
package struct WatchScope: Sendable {
    /// The absolute paths of folders that are watched with everything below them. They need not exist yet.
    package var folders: [String]

    /// The absolute paths of single files. They need not exist yet.
    package var files: [String]

    /// Returns whether a folder below one of `folders` is entered, given its path relative to that one
    /// (`billing/taxes`).
    ///
    /// It is called with the watcher's lock held, so it must not call the watcher.
    package var entersFolder: @Sendable (String) -> Bool

    /// Returns whether a file below one of `folders` matters, given its path relative to that one
    /// (`billing/taxes.swift`).
    ///
    /// It is called with the watcher's lock held, so it must not call the watcher.
    package var isRelevant: @Sendable (String) -> Bool

    /// Creates a scope. By default, folders whose name begins with a dot are not entered.
    package init(
        folders: [String], files: [String] = [],
        isRelevant: @escaping @Sendable (String) -> Bool = WatchScope.isSwiftSource,
        entersFolder: @escaping @Sendable (String) -> Bool = { !WatchScope.isHidden($0) }
    ) {
        self.folders = folders.map(Self.normalized)
        self.files = files.map(Self.normalized)
        self.entersFolder = entersFolder
        self.isRelevant = isRelevant
    }

    /// Whether the last component of a path begins with a dot.
    package static func isHidden(_ path: String) -> Bool {
        let name = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path.utf8[path.utf8.index(after: $0)...] }
        return (name ?? path.utf8[...]).first == UInt8(ascii: ".")
    }

    /// Whether a path is that of a Swift source file that is not hidden.
    @Sendable package static func isSwiftSource(_ path: String) -> Bool {
        path.hasSuffix(".swift") && !isHidden(path)
    }

    /// Returns the path without doubled and trailing slashes, as changes report it.
    private static func normalized(_ path: String) -> String {
        "/" + path.split(separator: "/").joined(separator: "/")
    }
}
