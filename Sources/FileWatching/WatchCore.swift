import Failures
import SystemSupport
import Glibc
import Synchronization

/// The state that the callers' threads and the background thread share: the source of changes and their count, under
/// one lock.
///
/// The first thread that asks drains the kernel's queue and delivers what it held. Because the queue is read and its
/// events are counted under the same lock, a caller never sees an empty queue whose events are not counted yet.
final class WatchCore: Sendable {
    /// The source of changes.
    enum Source: Sendable {
        case events(Inotify)
        /// Files are compared with their previous state. The reason is for people to read.
        case comparisons(reason: String)
        case closed
    }

    private struct Watch {
        var source: Source
        var state: WatchState
    }

    /// The signal that is raised when the source has changed.
    let wakeSignal: WakeSignal
    /// The inbox that receives the changes.
    let inbox = ChangeInbox()
    private let scope: WatchScope
    private let mounts: @Sendable () -> MountTable
    private let watch: Mutex<Watch>
    /// The number of comparisons begun. A comparison that began after a caller asked answers that caller too.
    private let comparisonsBegun = Atomic<UInt64>(0)

    /// Creates a core that watches the scope or, if that is not possible, compares its files.
    init(scope: WatchScope, options: FileWatcher.Options) throws(FileWatchingError) {
        let (source, survey) = try Self.begin(scope: scope, options: options)
        wakeSignal = try WakeSignal()
        self.scope = scope
        mounts = options.mounts
        watch = Mutex(Watch(source: source, state: WatchState(scope: scope, survey: survey, quiet: options.quiet)))
    }

    private static func begin(
        scope: WatchScope, options: FileWatcher.Options
    ) throws(FileWatchingError) -> (Source, Survey) {
        var reason = "comparing was asked for"
        if !options.comparesAlways {
            let inotify = try Inotify(maximumWatches: options.maximumWatches)
            do throws(FileWatchingError) {
                switch try Surveyor.survey(scope, inotify: inotify, mounts: options.mounts) {
                case .surveyed(let survey): return (.events(inotify), survey)
                case .silent(let folder, let fileSystem): reason = Self.reason(folder: folder, fileSystem: fileSystem)
                }
            } catch {
                guard error.isDenial else { throw error }
                reason = error.failure.description
            }
        }
        return (.comparisons(reason: reason), try Self.compare(scope))
    }

    /// The current source of changes.
    var source: Source { watch.withLock { $0.source } }

    /// Counts what happened up to now and returns the number of changes.
    func update() -> UInt64 {
        let begun = comparisonsBegun.load(ordering: .sequentiallyConsistent)
        return watch.withLock { watch in
            update(&watch, comparisonsBegun: begun)
            return watch.state.count
        }
    }

    /// Counts what happened up to now. Returns the time until no file is half-written if nothing more happens, or nil
    /// if none is.
    func settlingTime() -> Duration? {
        let begun = comparisonsBegun.load(ordering: .sequentiallyConsistent)
        return watch.withLock { watch in
            update(&watch, comparisonsBegun: begun)
            if case .closed = watch.source { return nil }
            return watch.state.halfWrites.remaining(at: .now)
        }
    }

    /// Ends the watching. The count stays as it is.
    func close() {
        watch.withLock { $0.source = .closed }
        wakeSignal.raise()
        inbox.finish()
    }
}

// MARK: - With the lock held

extension WatchCore {
    private func update(_ watch: inout Watch, comparisonsBegun begun: UInt64) {
        switch watch.source {
        case .events(let inotify): drain(inotify, &watch)
        case .comparisons where comparisonsBegun.load(ordering: .sequentiallyConsistent) == begun: compare(&watch)
        case .comparisons, .closed: break
        }
        if let changes = watch.state.takeChanges() { inbox.deliver(changes) }
    }

    private func drain(_ inotify: Inotify, _ watch: inout Watch) {
        var isEmpty = false
        while !isEmpty {
            let events: [FileEvent]
            (events, isEmpty) = inotify.read()
            if events.isEmpty { break }
            let now = ContinuousClock.now
            for event in events {
                watch.state.apply(event, at: now) { FileStamp(path: $0, following: $1) }
            }
        }
        if watch.state.needsSurvey { survey(inotify, &watch) }
    }

    private func survey(_ inotify: Inotify, _ watch: inout Watch) {
        do throws(FileWatchingError) {
            switch try Surveyor.survey(scope, inotify: inotify, mounts: mounts, previous: watch.state.survey) {
            case .surveyed(let survey): watch.state.adopt(survey, at: .now)
            case .silent(let folder, let fileSystem):
                compare(&watch, because: Self.reason(folder: folder, fileSystem: fileSystem))
            }
        } catch {
            compare(&watch, because: error.failure.description)
        }
    }

    /// Gives up events for good, because a scope that is watched in part would be stale in part.
    private func compare(_ watch: inout Watch, because reason: String) {
        watch.source = .comparisons(reason: reason)
        wakeSignal.raise()
        compare(&watch)
    }

    private func compare(_ watch: inout Watch) {
        comparisonsBegun.add(1, ordering: .sequentiallyConsistent)
        do throws(FileWatchingError) {
            watch.state.adopt(try Self.compare(scope), at: .now)
        } catch {
            // Files that cannot be looked at may have changed.
            watch.state.doubtEverything()
        }
    }

    private static func compare(_ scope: WatchScope) throws(FileWatchingError) -> Survey {
        switch try Surveyor.survey(scope, inotify: nil) {
        case .surveyed(let survey): survey
        case .silent: Survey()
        }
    }

    private static func reason(folder: String, fileSystem: String) -> String {
        "\(folder) is on a file system of type \(fileSystem), which does not report changes made elsewhere"
    }
}
