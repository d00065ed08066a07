import TestSupport
import Testing

@testable import FileWatching

@Suite(.supervised)
struct FileChangesTests {
    private let early = FileChanges(count: 3, paths: ["/a"], everything: false)

    @Test func mergingKeepsAllPathsAndTheHighestCount() {
        var changes = early
        changes.merge(FileChanges(count: 5, paths: ["/a", "/b"], everything: false))
        #expect(changes == FileChanges(count: 5, paths: ["/a", "/b"], everything: false))
        changes.merge(FileChanges(count: 4, paths: [], everything: false))
        #expect(changes.count == 5)
        #expect(changes.paths == ["/a", "/b"])
    }

    @Test func whatMayBeIncompleteStaysSo() {
        let all = FileChanges(count: 4, paths: [], everything: true)
        var changes = early
        changes.merge(all)
        #expect(changes == FileChanges(count: 4, paths: ["/a"], everything: true))
        changes = all
        changes.merge(early)
        #expect(changes == FileChanges(count: 4, paths: ["/a"], everything: true))
    }
}
