import Glibc
import TestSupport
import Testing

@testable import FileWatching

@Suite("Changes of files and folders that are links", .supervised)
struct LinkedFilesTests {
    @Test func aLinkedFileChangesWithItsTarget() async throws {
        var watched = try Watched {
            $0.makeFolder("shared/deep")
            $0.write("x", to: "shared/deep/tax.txt")
            $0.link("shared/between", to: "deep/tax.txt")
            $0.link("functions/tax.swift", to: "../shared/between")
        }
        let scratch = watched.scratch
        scratch.write("y", to: "shared/deep/tax.txt")
        #expect(await watched.paths() == ["functions/tax.swift"])
        scratch.write("z", to: "shared/deep/new")
        scratch.write("z", to: "shared/deep/other.swift")
        #expect(await watched.paths().isEmpty)
        scratch.move("shared/deep/new", to: "shared/deep/tax.txt")
        #expect(await watched.paths() == ["functions/tax.swift"])
        scratch.write("y", to: "shared/deep/tax.txt")
        #expect(await watched.paths() == ["functions/tax.swift"])
        scratch.delete("shared/deep/tax.txt")
        #expect(await watched.paths() == ["functions/tax.swift"])
        scratch.write("y", to: "shared/deep/tax.txt")
        #expect(await watched.paths() == ["functions/tax.swift"])
        scratch.shell("ln -sfn deep/other.swift shared/between")
        #expect(await watched.paths() == ["functions/tax.swift"])
        scratch.write("y", to: "shared/deep/other.swift")
        #expect(await watched.paths() == ["functions/tax.swift"])
        scratch.write("y", to: "shared/deep/tax.txt")
        #expect(await watched.paths().isEmpty)
        scratch.delete("functions/tax.swift")
        #expect(await watched.paths() == ["functions/tax.swift"])
        scratch.write("y", to: "shared/deep/other.swift")
        #expect(await watched.paths().isEmpty)
    }

    @Test func aLinkMadeLaterIsFollowed() async throws {
        var watched = try Watched()
        let scratch = watched.scratch
        scratch.link("functions/a.swift", to: scratch("shared/a.swift"))
        _ = await watched.paths()
        scratch.makeFolder("shared")
        scratch.write("x", to: "shared/a.swift")
        #expect(await watched.paths() == ["functions/a.swift"])
        scratch.write("y", to: "shared/a.swift")
        #expect(await watched.paths() == ["functions/a.swift"])
    }

    @Test func aLinkedFolderIsFollowed() async throws {
        var watched = try Watched {
            $0.makeFolder("v1/sub")
            $0.makeFolder("v2/sub")
            $0.write("1", to: "v1/sub/a.swift")
            $0.write("2", to: "v2/sub/a.swift")
            $0.link("current", to: "v1")
            $0.link("functions/linked", to: "../current/sub")
        }
        let scratch = watched.scratch
        scratch.write("y", to: "v1/sub/a.swift")
        #expect(await watched.paths() == ["functions/linked/a.swift"])
        scratch.link("next", to: "v2")
        scratch.move("next", to: "current")
        #expect(await watched.paths() == ["functions/linked/a.swift"])
        scratch.write("y", to: "v2/sub/a.swift")
        #expect(await watched.paths() == ["functions/linked/a.swift"])
        scratch.write("y", to: "v1/sub/a.swift")
        #expect(await watched.paths().isEmpty)
        scratch.makeFolder("v2/sub/more")
        scratch.write("y", to: "v2/sub/more/b.swift")
        #expect(await watched.paths() == ["functions/linked/more/b.swift"])
    }

    @Test func aFolderReachedOnTwoWaysIsReportedUnderBoth() async throws {
        var watched = try Watched {
            $0.makeFolder("functions/a")
            $0.link("functions/b", to: "a")
        }
        watched.scratch.write("x", to: "functions/a/f.swift")
        #expect(await watched.paths() == ["functions/a/f.swift", "functions/b/f.swift"])
    }

    @Test func circlesOfLinksEnd() async throws {
        var watched = try Watched {
            $0.makeFolder("functions/a")
            $0.makeFolder("functions/b")
            $0.link("functions/a/up", to: "..")
            $0.link("functions/a/b", to: "../b")
            $0.link("functions/b/a", to: "../a")
            $0.link("functions/self.swift", to: "self.swift")
        }
        watched.scratch.write("x", to: "functions/f.swift")
        #expect(await watched.paths() == ["functions/f.swift"])
        watched.scratch.write("x", to: "functions/a/f.swift")
        #expect(await watched.paths().contains("functions/a/f.swift"))
    }

    @Test func aWatchedFolderMayBeALinkThatIsSwitched() async throws {
        let scratch = try Scratch()
        scratch.makeFolder("v1")
        scratch.makeFolder("v2")
        scratch.write("2", to: "v2/a.swift")
        scratch.link("functions", to: "v1")
        let watcher = try FileWatcher(scope: WatchScope(folders: [scratch("functions")]))
        scratch.shell("ln -sfn v2 functions")
        #expect(watcher.changeCount() > 0)
        var iterator = watcher.changes.makeAsyncIterator()
        let changes = await iterator.next()
        #expect(changes?.everything == true)
        #expect(changes?.paths == [scratch("functions/a.swift")])
    }
}
