/// The changes since the previous element.
package struct FileChanges: Sendable, Equatable {
    /// The number of changes counted so far, including these, as `FileWatcher.changeCount()` returns it.
    package var count: UInt64

    /// The absolute paths of relevant files that were created, written, replaced, moved or deleted.
    ///
    /// Paths below a watched folder begin with that folder's path as the scope gave it, whatever links lie between.
    package var paths: Set<String>

    /// Whether `paths` may be incomplete: the kernel's queue overflowed or a watched folder was replaced.
    package var everything: Bool

    /// Adds changes that happened after these.
    mutating func merge(_ later: FileChanges) {
        count = max(count, later.count)
        paths.formUnion(later.paths)
        everything = everything || later.everything
    }
}
