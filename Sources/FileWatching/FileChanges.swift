/// What changed since the element before it.
package struct FileChanges: Sendable, Equatable {
    /// The number of changes seen when these had been counted, as `FileWatcher.changeCount()` returns it.
    package var count: UInt64

    /// Absolute paths of relevant files that were created, written, replaced, moved or deleted.
    ///
    /// Below a watched folder they begin with that folder's path as the scope gave it, whatever links lie between.
    package var paths: Set<String>

    /// Whether `paths` may be incomplete: the kernel's queue overflowed or a watched folder was replaced.
    package var everything: Bool

    /// Adds what happened after these changes.
    mutating func merge(_ later: FileChanges) {
        count = max(count, later.count)
        paths.formUnion(later.paths)
        everything = everything || later.everything
    }
}
