import SystemSupport

/// The state that turns the kernel's events and the results of surveys into counted changes, without side effects.
///
/// Its owner applies events, makes a survey when `needsSurvey` is true, and delivers the changes that `takeChanges`
/// returns.
struct WatchState: Sendable {
    /// A look at a path, which follows a link at its end or not.
    typealias Look = (_ path: String, _ following: Bool) -> FileStamp?

    /// The number of changes so far.
    private(set) var count: UInt64 = 0
    /// Whether folders or links changed, so that the scope must be surveyed again.
    private(set) var needsSurvey = false
    /// The result of the last survey, with the stamps of files kept up to date.
    private(set) var survey: Survey
    /// The files that are apparently being written.
    var halfWrites: HalfWrites

    private let scope: WatchScope
    private var unreported: FileChanges?

    /// Creates a state from a survey, whose files do not count as changes.
    init(scope: WatchScope, survey: Survey, quiet: Duration) {
        halfWrites = HalfWrites(quiet: quiet)
        self.scope = scope
        self.survey = survey
    }

    /// Returns the changes since the last call, or nil if there are none.
    mutating func takeChanges() -> FileChanges? {
        defer { unreported = nil }
        return unreported
    }

    /// Takes an event into account.
    mutating func apply(_ event: FileEvent, at now: ContinuousClock.Instant, look: Look) {
        if event.kinds.contains(.overflowed) {
            doubtEverything()
            return
        }
        guard let folder = survey.folders[event.watch] else { return }
        if !event.kinds.isDisjoint(with: .folderChanges) {
            needsSurvey = true
            return
        }
        if let files = folder.waypoints[event.name] {
            if !event.kinds.isDisjoint(with: .nameChanges) { needsSurvey = true }
            for file in files { record(event.kinds, file, stamp: look(file, true), at: now) }
        }
        for view in folder.views.lazy.map({ $0.appending(event.name) }) {
            apply(event.kinds, to: view, at: now, look: look)
        }
    }

    private mutating func apply(
        _ kinds: FileEvent.Kinds, to view: WatchedFolder.View, at now: ContinuousClock.Instant, look: Look
    ) {
        if kinds.contains(.isFolder) {
            if scope.entersFolder(view.relativePath) { needsSurvey = true }
            return
        }
        let isRelevant = scope.isRelevant(view.relativePath)
        let mayBeNewLink = !kinds.isDisjoint(with: [.created, .movedTo])
        guard isRelevant || mayBeNewLink && scope.entersFolder(view.relativePath) else { return }
        let stamp = look(view.path, false)
        if mayBeNewLink, stamp?.kind == .link {
            needsSurvey = true
        } else if isRelevant {
            record(kinds, view.path, stamp: stamp, at: now)
        }
    }

    private mutating func record(
        _ kinds: FileEvent.Kinds, _ path: String, stamp: FileStamp?, at now: ContinuousClock.Instant
    ) {
        touch(path)
        survey.files[path] = stamp
        if let stamp, !kinds.isDisjoint(with: [.modified, .created]) || stamp.size == 0 {
            halfWrites.note(path, at: now)
        } else {
            halfWrites.finish(path)
        }
    }

    /// Takes a survey into account. Files that differ from their known state have changed.
    ///
    /// The events of a file in a folder that was not watched yet are missing, so the file may be half-written.
    mutating func adopt(_ new: Survey, at now: ContinuousClock.Instant) {
        needsSurvey = false
        for (path, stamp) in new.files where survey.files[path] != stamp {
            touch(path)
            halfWrites.note(path, at: now)
        }
        for path in survey.files.keys where new.files[path] == nil {
            touch(path)
            halfWrites.finish(path)
        }
        for (path, stamp) in new.roots where survey.roots[path]?.isSameObject(as: stamp) != true {
            touchEverything()
        }
        survey = new
    }

    /// Counts a change because nothing is known for certain any more, and requests a survey.
    mutating func doubtEverything() {
        touchEverything()
        needsSurvey = true
    }

    private mutating func touch(_ path: String) {
        if unreported?.paths.contains(path) == true { return }
        report { $0.paths.insert(path) }
    }

    private mutating func touchEverything() {
        if unreported?.everything == true { return }
        report { $0.everything = true }
    }

    private mutating func report(_ change: (inout FileChanges) -> Void) {
        count += 1
        var changes = unreported.take() ?? FileChanges(count: count, paths: [], everything: false)
        changes.count = count
        change(&changes)
        unreported = changes
    }
}
