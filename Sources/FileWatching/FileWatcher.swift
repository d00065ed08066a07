/// Reports changes of the files of a scope: to whoever asks, up to the moment of asking, and as a sequence.
///
/// Stands on `inotify(7)`, whose event is queued inside the writer's `write(2)`. Not noticed are writes through a memory
/// mapping before the file is closed, and a folder moved away from two or more levels above what is watched.
package final class FileWatcher: Sendable {
    /// What tests set.
    struct Options {
        /// Whether files are compared even where events come.
        var comparesAlways = false
        /// The number of watches past which it is as if the user's limit were reached.
        var maximumWatches = Int32.max
        /// The time without events after which a file counts as written.
        var quiet = Duration.milliseconds(50)
        /// The longest wait for files, in all.
        var longestSettling = Duration.seconds(1)
        /// The file systems.
        var mounts: @Sendable () -> MountTable = { .current() }
    }

    private let longestSettling: Duration
    /// How soon a file that was closed is noticed while it is waited for.
    private static let settlingStep = Duration.milliseconds(5)

    let core: WatchCore
    private let thread: WatchThread

    /// Watches a scope; everything in it is watched when this returns.
    ///
    /// Folders and files that do not exist are no error: they are changes once they do.
    /// - Throws: `watchLimit`, `instanceLimit` or `system`. A file system without events is no error, see `receivesEvents`.
    package convenience init(scope: WatchScope) throws(FileWatchingError) {
        try self.init(scope: scope, options: Options())
    }

    init(scope: WatchScope, options: Options) throws(FileWatchingError) {
        longestSettling = options.longestSettling
        core = try WatchCore(scope: scope, options: options)
        thread = try WatchThread(core: core)
    }

    deinit { close() }

    /// Returns the number of relevant changes seen so far, for any thread, as often as wanted.
    ///
    /// It has grown if a `write(2)` to a relevant file returned before the call. One file may count more than once for one
    /// save, and a file opened for writing and closed counts though nothing was written. Costs one `read(2)` that does not
    /// block when nothing happened; after changes to folders or links, and always where `receivesEvents` is false, a look
    /// at the scope's files.
    package func changeCount() -> UInt64 { core.update() }

    /// The changes since the watcher was made, for one reader at a time.
    package var changes: Changes { Changes(inbox: core.inbox) }

    /// Waits until no relevant file is half-written; returns at once when none is.
    ///
    /// A file written and not closed, emptied, or found in a new folder is waited for until it is closed with contents or
    /// 50 ms pass without an event for it, at most 1 s in all. Returns early when the task is cancelled.
    package func settle() async {
        let deadline = ContinuousClock.now + longestSettling
        while let remaining = core.settlingTime() {
            let left = deadline - .now
            guard left > .zero else { return }
            do { try await Task.sleep(for: min(remaining, left, Self.settlingStep)) } catch { return }
        }
    }

    /// Whether the kernel reports changes; else files are compared on each call and every 250 ms.
    ///
    /// Can turn false later, when a folder comes to be that cannot be watched; `comparisonReason` tells why.
    package var receivesEvents: Bool { comparisonReason == nil }

    /// Why files are compared, an English sentence without a capital or period; nil when events come.
    package var comparisonReason: String? {
        guard case .comparisons(let reason) = core.source else { return nil }
        return reason
    }

    /// Ends the watching and the sequence of changes, and frees thread and descriptors; later calls do nothing.
    package func close() {
        core.close()
        thread.join()
    }
}
