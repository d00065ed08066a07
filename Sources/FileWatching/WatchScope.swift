/// What a watcher looks at: folders with all that is below them, and single files.
package struct WatchScope: Sendable {
    /// Absolute paths of the folders watched with all that is below them; they need not exist yet.
    package var folders: [String]

    /// Absolute paths of single files; they need not exist yet.
    package var files: [String]

    /// Whether a folder below one of `folders` is looked into, given its path relative to it (`billing/taxes`).
    ///
    /// Called with the watcher's lock held: it must not call the watcher.
    package var entersFolder: @Sendable (String) -> Bool

    /// Whether a file below one of `folders` matters, given its path relative to it (`billing/taxes.swift`).
    ///
    /// Called with the watcher's lock held: it must not call the watcher.
    package var isRelevant: @Sendable (String) -> Bool

    /// Creates a scope; folders whose name begins with a dot are not entered unless `entersFolder` says so.
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

    /// Whether a path is one of a Swift source file that is not hidden.
    @Sendable package static func isSwiftSource(_ path: String) -> Bool {
        path.hasSuffix(".swift") && !isHidden(path)
    }

    /// The path without doubled and trailing slashes, as changes report it.
    private static func normalized(_ path: String) -> String {
        "/" + path.split(separator: "/").joined(separator: "/")
    }
}
