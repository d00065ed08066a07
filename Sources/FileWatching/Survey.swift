import SystemSupport

/// The result of one look at a scope, and the meaning of each watch's events from then on.
struct Survey: Sendable {
    /// The relevant files that exist, by the path under which changes report them.
    var files: [String: FileStamp] = [:]
    /// The watched folders, by the number of their watch.
    var folders: [Int32: WatchedFolder] = [:]
    /// The scope's folders that exist, by path.
    var roots: [String: FileStamp] = [:]
    /// The numbers of the file systems that were looked at, all of which deliver events.
    var devices: Set<UInt64> = []
}

/// A watched folder, with the meaning of the names in it.
struct WatchedFolder: Sendable {
    /// The folder as part of one of the scope's trees.
    struct View: Sendable, Equatable {
        /// The absolute path under which the folder's files are reported.
        var path: String
        /// The path relative to the scope's folder; empty for that folder itself.
        var relativePath: String

        /// Returns the view of a name in this folder.
        func appending(_ name: String) -> View {
            View(path: path + "/" + name, relativePath: relativePath.isEmpty ? name : relativePath + "/" + name)
        }
    }

    /// The trees that the folder is part of: none for the parent of a scope's folder, several if links lead to it.
    var views: [View] = []
    /// The names on the way to something in the scope, with the paths of the files to report when they change.
    ///
    /// When such a name appears or disappears, the scope must be surveyed again.
    var waypoints: [String: Set<String>] = [:]
}
