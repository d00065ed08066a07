import Testing

@testable import FileWatching

/// A watcher of the folder `functions` in a scratch folder, with the count that it reported last.
struct Watched {
    let scratch: Scratch
    let watcher: FileWatcher
    private(set) var count: UInt64 = 0

    init(
        files: [String] = [], options: FileWatcher.Options = .init(), prepare: (Scratch) throws -> Void = { _ in }
    ) throws {
        let scratch = try Scratch()
        self.scratch = scratch
        scratch.makeFolder("functions")
        try prepare(scratch)
        let scope = WatchScope(folders: [scratch("functions")], files: files.map { scratch($0) })
        watcher = try FileWatcher(scope: scope, options: options)
    }

    /// Returns the changes since this was last called, with paths relative to the scratch folder, or nil when the
    /// count is the same.
    mutating func changes() async -> FileChanges? {
        let now = watcher.changeCount()
        if now == count { return nil }
        count = now
        var iterator = watcher.changes.makeAsyncIterator()
        guard var changes = await iterator.next() else { return nil }
        changes.paths = Set(changes.paths.map { String($0.dropFirst(scratch.path.utf8.count + 1)) })
        return changes
    }

    /// Returns the paths that have changed since this or `changes()` was last called.
    mutating func paths() async -> Set<String> { await changes()?.paths ?? [] }
}
