/// What one look at a scope found, and what the events of each watch mean from then on.
struct Survey: Sendable {
    /// The relevant files that exist, by the path under which changes report them.
    var files: [String: FileStamp] = [:]
    /// The watched folders by their watch's number.
    var folders: [Int32: WatchedFolder] = [:]
    /// The scope's folders that exist, by path.
    var roots: [String: FileStamp] = [:]
    /// The file systems looked at by number, all of which deliver events.
    var devices: Set<UInt64> = []
}

/// What a name in a watched folder can mean.
struct WatchedFolder: Sendable {
    /// The folder as part of one of the scope's trees.
    struct View: Sendable, Equatable {
        /// Absolute path under which its files are reported.
        var path: String
        /// Path relative to the scope's folder, empty for that folder itself.
        var relativePath: String

        /// The view of a folder in this one.
        func appending(_ name: String) -> View {
            View(path: path + "/" + name, relativePath: relativePath.isEmpty ? name : relativePath + "/" + name)
        }
    }

    /// The trees it is part of: none for the parent of a scope's folder, several when links lead to it.
    var views: [View] = []
    /// Names on the way to something the scope means, with the paths of the files to report when they change.
    ///
    /// When such a name comes or goes, the scope has to be surveyed again.
    var waypoints: [String: Set<String>] = [:]
}
