import Glibc
import SystemSupport
import TestSupport
import Testing

@testable import FileWatching

@Suite("What events and surveys mean", .supervised)
struct WatchStateTests {
    /// A state that watches `/p/f` (watch 1) with the file `a.swift` and, in `/p` (watch 2), `Package.swift` and the
    /// name `f`.
    private struct Fixture {
        static let start = ContinuousClock.now
        static let survey = Survey(
            files: ["/p/f/a.swift": FileStamp(size: 1)],
            folders: [
                1: WatchedFolder(views: [.init(path: "/p/f", relativePath: "")]),
                2: WatchedFolder(waypoints: ["Package.swift": ["/p/Package.swift"], "f": []]),
            ],
            roots: ["/p/f": FileStamp(kind: .folder)])

        var state = WatchState(
            scope: WatchScope(folders: ["/p/f"], files: ["/p/Package.swift"]), survey: survey, quiet: .milliseconds(50))
        var stamps: [String: FileStamp] = ["/p/f/a.swift": FileStamp(size: 1), "/p/f/b": FileStamp(size: 1)]

        @discardableResult mutating func apply(
            _ kinds: FileEvent.Kinds, _ name: String, watch: Int32 = 1, after milliseconds: Int = 0
        ) -> FileChanges? {
            let event = FileEvent(watch: watch, kinds: kinds, name: name)
            let stamps = stamps
            state.apply(event, at: Self.start + .milliseconds(milliseconds)) { path, _ in stamps[path] }
            return state.takeChanges()
        }

        mutating func remaining(after milliseconds: Int) -> Duration? {
            state.halfWrites.remaining(at: Self.start + .milliseconds(milliseconds))
        }
    }

    @Test(arguments: [FileEvent.Kinds.modified, .closedAfterWriting, .created, .deleted, .movedFrom, .movedTo])
    func whatHappensToARelevantFileIsAChange(kinds: FileEvent.Kinds) {
        var fixture = Fixture()
        #expect(fixture.apply(kinds, "a.swift") == FileChanges(count: 1, paths: ["/p/f/a.swift"], everything: false))
        #expect(fixture.apply(kinds, "b") == nil)
        #expect(fixture.apply(kinds, ".a.swift") == nil)
        #expect(fixture.apply(kinds, "a.swift", watch: 7) == nil)
        #expect(fixture.state.count == 1)
        #expect(!fixture.state.needsSurvey)
    }

    @Test func aSingleFileIsReportedAndItsNeighboursAreNot() {
        var fixture = Fixture()
        #expect(fixture.apply(.modified, "Package.swift", watch: 2)?.paths == ["/p/Package.swift"])
        #expect(!fixture.state.needsSurvey)
        #expect(fixture.apply(.movedTo, "Package.swift", watch: 2)?.paths == ["/p/Package.swift"])
        #expect(fixture.state.needsSurvey)
        #expect(fixture.apply(.modified, "a.swift", watch: 2) == nil)
    }

    @Test(arguments: [
        (FileEvent.Kinds.created.union(.isFolder), "sub", Int32(1), true),
        (.movedFrom.union(.isFolder), "sub", 1, true),
        (.created.union(.isFolder), ".git", 1, false),
        (.deleted.union(.isFolder), "f", 2, true),
        (.deleted.union(.isFolder), "g", 2, false),
        (.folderDeleted, "", 1, true),
        (.folderMoved, "", 2, true),
        (.watchEnded, "", 1, true),
        (.watchEnded, "", 9, false),
        (.overflowed, "", -1, true),
    ])
    func changesOfFoldersAskForASurvey(kinds: FileEvent.Kinds, name: String, watch: Int32, isAskedFor: Bool) {
        var fixture = Fixture()
        fixture.apply(kinds, name, watch: watch)
        #expect(fixture.state.needsSurvey == isAskedFor)
        fixture.state.adopt(Fixture.survey, at: Fixture.start)
        #expect(!fixture.state.needsSurvey)
    }

    @Test func aNewLinkAsksForASurveyWhateverItsName() {
        var fixture = Fixture()
        fixture.stamps["/p/f/sub"] = FileStamp(kind: .link)
        fixture.apply(.created, "sub")
        #expect(fixture.state.needsSurvey)
    }

    @Test func anOverflowMeansEverything() {
        var fixture = Fixture()
        #expect(fixture.apply(.overflowed, "", watch: -1) == FileChanges(count: 1, paths: [], everything: true))
    }

    @Test func aSurveyTellsWhatDiffers() {
        var fixture = Fixture()
        var survey = Fixture.survey
        survey.files = ["/p/f/b.swift": FileStamp(size: 1), "/p/f/c.swift": FileStamp(size: 1)]
        fixture.state.adopt(survey, at: Fixture.start)
        let paths: Set = ["/p/f/a.swift", "/p/f/b.swift", "/p/f/c.swift"]
        #expect(fixture.state.takeChanges() == FileChanges(count: 3, paths: paths, everything: false))
        #expect(fixture.remaining(after: 10) == .milliseconds(40))
        fixture.state.adopt(survey, at: Fixture.start)
        #expect(fixture.state.takeChanges() == nil)
    }

    @Test func aFileThatASurveyMissesIsNotHalfWritten() {
        var fixture = Fixture()
        fixture.apply(.modified, "a.swift")
        #expect(fixture.remaining(after: 0) == .milliseconds(50))
        var survey = Fixture.survey
        survey.files = [:]
        fixture.state.adopt(survey, at: Fixture.start)
        #expect(fixture.remaining(after: 0) == nil)
    }

    @Test func aWriteThatAnEventToldIsNotToldAgainByASurvey() {
        var fixture = Fixture()
        fixture.stamps["/p/f/a.swift"] = FileStamp(size: 9)
        #expect(fixture.apply(.closedAfterWriting, "a.swift") != nil)
        var survey = Fixture.survey
        survey.files["/p/f/a.swift"] = FileStamp(size: 9)
        fixture.state.adopt(survey, at: Fixture.start)
        #expect(fixture.state.takeChanges() == nil)
    }

    @Test func aReplacedFolderMeansEverything() {
        var fixture = Fixture()
        var survey = Fixture.survey
        survey.roots["/p/f"]?.born.seconds = 1
        fixture.state.adopt(survey, at: Fixture.start)
        #expect(fixture.state.takeChanges()?.everything == true)
    }

    @Test func aFileIsHalfWrittenUntilItIsClosedWithContentsOrQuiet() {
        var fixture = Fixture()
        fixture.apply(.closedAfterWriting, "a.swift")
        #expect(fixture.remaining(after: 0) == nil)
        fixture.apply(.modified, "a.swift", after: 10)
        #expect(fixture.remaining(after: 10) == .milliseconds(50))
        fixture.apply(.modified, "a.swift", after: 30)
        #expect(fixture.remaining(after: 70) == .milliseconds(10))
        fixture.apply(.closedAfterWriting, "a.swift", after: 75)
        #expect(fixture.remaining(after: 75) == nil)
        fixture.stamps["/p/f/a.swift"] = FileStamp(size: 0)
        fixture.apply(.closedAfterWriting, "a.swift", after: 80)
        #expect(fixture.remaining(after: 100) == .milliseconds(30))
        #expect(fixture.remaining(after: 130) == nil)
        fixture.apply(.created, "a.swift", after: 140)
        fixture.stamps["/p/f/a.swift"] = nil
        fixture.apply(.deleted, "a.swift", after: 145)
        #expect(fixture.remaining(after: 145) == nil)
        fixture.apply(.modified, "b", after: 150)
        #expect(fixture.remaining(after: 150) == nil)
    }
}
