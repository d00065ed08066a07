/// A watcher that reports changes to the files of a scope: as a count, up to the moment of asking, and as a sequence.
///
/// It relies on `inotify(7)`, whose event is queued inside the writer's `write(2)`. It does not notice writes through
/// a memory mapping before the file is closed, nor that a folder two or more levels above a watched one is moved
/// away.
package final class FileWatcher: Sendable {
    /// The options that tests set.
    struct Options {
        /// Whether files are compared even if the kernel reports events.
        var comparesAlways = false
        /// The number of watches beyond which the watcher acts as if the user's limit were reached.
        var maximumWatches = Int32.max
        /// The time without events after which a file counts as written.
        var quiet = Duration.milliseconds(50)
        /// The longest time to wait for files in total.
        var longestSettling = Duration.seconds(1)
        /// Returns the table of mounted file systems.
        var mounts: @Sendable () -> MountTable = { .current() }
    }

    private let longestSettling: Duration
    /// The interval at which a wait checks whether a file was closed.
    private static let settlingStep = Duration.milliseconds(5)

    let core: WatchCore
    private let thread: WatchThread

    /// Creates a watcher for a scope. Everything in the scope is watched when this returns.
    ///
    /// Folders and files that do not exist are not errors. They count as changes once they exist.
    ///
    /// - Throws: `watchLimit`, `instanceLimit` or `system`. A file system without events is not an error; see
    ///   `receivesEvents`.
    package convenience init(scope: WatchScope) throws(FileWatchingError) {
        try self.init(scope: scope, options: Options())
    }

    init(scope: WatchScope, options: Options) throws(FileWatchingError) {
        longestSettling = options.longestSettling
        core = try WatchCore(scope: scope, options: options)
        thread = try WatchThread(core: core)
    }

    deinit { close() }

    /// Returns the number of relevant changes so far. Any thread may call this as often as it likes.
    ///
    /// The number has grown if a `write(2)` to a relevant file returned before the call. One file may count more than
    /// once for one save, and a file that is opened for writing and closed counts even if nothing was written.
    ///
    /// If nothing happened, a call costs one `read(2)` that does not block. After changes to folders or links, and
    /// always if `receivesEvents` is false, it looks at the scope's files.
    package func changeCount() -> UInt64 { core.update() }

    /// The changes since the watcher was created, for one reader at a time.
    package var changes: Changes { Changes(inbox: core.inbox) }

    /// Waits until no relevant file is half-written.
    ///
    /// A file that was written and not closed, that was emptied, or that was found in a new folder is waited for
    /// until it is closed with contents or 50 ms pass without an event for it. The wait takes at most 1 s in total,
    /// and it ends early when the task is cancelled.
    package func settle() async {
        let deadline = ContinuousClock.now + longestSettling
        while let remaining = core.settlingTime() {
            let left = deadline - .now
            guard left > .zero else { return }
            do { try await Task.sleep(for: min(remaining, left, Self.settlingStep)) } catch { return }
        }
    }

    /// Whether the kernel reports changes. If not, files are compared on each call and every 250 ms.
    ///
    /// The value may become false later, when a folder appears that cannot be watched. `comparisonReason` says why.
    package var receivesEvents: Bool { comparisonReason == nil }

    /// The reason why files are compared, an English sentence without a capital or period, or nil if the kernel
    /// reports changes.
    package var comparisonReason: String? {
        guard case .comparisons(let reason) = core.source else { return nil }
        return reason
    }

    /// Stops watching, ends the sequence of changes, and frees the thread and the descriptors. Later calls do
    /// nothing.
    package func close() {
        core.close()
        thread.join()
    }
}
