/// Turns what the kernel tells and what surveys find into counted changes; does nothing itself.
///
/// Whoever holds it applies events, makes a survey when `needsSurvey` asks for one, and delivers what `takeChanges` returns.
struct WatchState: Sendable {
    /// Looks at a path, through a link at its end or not.
    typealias Look = (_ path: String, _ following: Bool) -> FileStamp?

    /// The number of changes so far.
    private(set) var count: UInt64 = 0
    /// Whether folders or links changed, so that the scope has to be looked at again.
    private(set) var needsSurvey = false
    /// What the last survey found, with the stamps of files kept up to date.
    private(set) var survey: Survey
    /// The files somebody seems to be writing.
    var halfWrites: HalfWrites

    private let scope: WatchScope
    private var unreported: FileChanges?

    /// Starts from a survey, whose files are no changes.
    init(scope: WatchScope, survey: Survey, quiet: Duration) {
        halfWrites = HalfWrites(quiet: quiet)
        self.scope = scope
        self.survey = survey
    }

    /// What changed since this was last called, nil when nothing did.
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

    /// Takes a survey into account: files that differ from what is known of them have changed.
    ///
    /// Events of a file in a folder that was not watched yet are missing, so it may be half-written.
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

    /// Counts as a change that nothing is known any more, and asks for a survey.
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
