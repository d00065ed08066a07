import FoundationEssentials
import TestSupport
import Testing

@testable import FunctionBuild

@Suite("SourceSnapshot", .supervised)
struct SourceSnapshotTests {
    @Test("snapshots are equal by contents and differ by changed, new and deleted files")
    func differences() {
        let old = SourceSnapshot(["a.swift": "1", "b.swift": "2", "c.swift": "3"])
        let new = SourceSnapshot(["a.swift": "1", "b.swift": "x", "d.swift": "3"])
        #expect(new.changes(since: old) == SourceChanges(changed: ["b.swift"], new: ["d.swift"], deleted: ["c.swift"]))
        #expect(old.changes(since: old).isEmpty)
        #expect(old == SourceSnapshot(["a.swift": "1", "b.swift": "2", "c.swift": "3"]))
        #expect(old != new)
    }

    @Test("files of one name in different folders are found")
    func usedTwice() {
        let snapshot = SourceSnapshot(["b/a.swift": "", "a.swift": "", "c.swift": "", "z.swift": "", "d/z.swift": ""])
        #expect(snapshot.namesUsedTwice == [["a.swift", "b/a.swift"], ["d/z.swift", "z.swift"]])
    }

    @Test("sources are the visible Swift files that are no tests, links followed")
    func reading() throws {
        let elsewhere = try FunctionProject(["linked.swift": "l", "deep/inside.swift": "i"])
        let project = try FunctionProject([
            "a.swift": "a", "sub/b.swift": "b", ".hidden.swift": "", ".git/c.swift": "", "aTests.swift": "",
            "d.txt": "",
        ])
        let folder = project.layout.functionsFolder
        let links = [
            "link.swift": elsewhere.layout.functionsFolder + "/linked.swift", "loop": folder, "sub/up": folder + "/sub",
            "other": elsewhere.layout.functionsFolder + "/deep", "dangling.swift": "/nowhere",
        ]
        for (name, target) in links {
            try FileManager.default.createSymbolicLink(atPath: "\(folder)/\(name)", withDestinationPath: target)
        }
        let snapshot = try SourceSnapshot.read(folder: folder)
        #expect(snapshot.names == ["a.swift", "link.swift", "other/inside.swift", "sub/b.swift"])
        #expect(snapshot["other/inside.swift"] == Array("i".utf8))
    }

    @Test("the same contents written again count as touched, not as changed")
    func touched() throws {
        let project = try FunctionProject(["a.swift": "a"])
        let before = try SourceSnapshot.read(folder: project.layout.functionsFolder)
        #expect(try SourceSnapshot.read(folder: project.layout.functionsFolder).isUntouched(since: before))
        try project.remove("a.swift")
        try project.write("b.swift", "keeps the inode from being used again")
        try project.write("a.swift", "a")
        try project.remove("b.swift")
        let after = try SourceSnapshot.read(folder: project.layout.functionsFolder)
        #expect(after == before)
        #expect(!after.isUntouched(since: before))
    }

    @Test("a folder that is missing is an error that names it")
    func missing() {
        #expect {
            try SourceSnapshot.read(folder: "/nowhere/functions")
        } throws: {
            "\($0)".contains("/nowhere/functions")
        }
    }
}
