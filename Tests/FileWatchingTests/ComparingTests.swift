import Glibc
import SystemSupport
import TestSupport
import Testing

@testable import FileWatching

@Suite("Comparing where no events come", .supervised)
struct ComparingTests {
    private var watched: Watched {
        get throws {
            try Watched(files: ["Package.swift"], options: .init(comparesAlways: true)) {
                $0.makeFolder("functions/a")
                $0.makeFolder("shared")
                $0.write("x", to: "functions/a/f.swift")
                $0.write("x", to: "shared/s.swift")
                $0.link("functions/s.swift", to: "../shared/s.swift")
            }
        }
    }

    @Test func eachCallComparesAllRelevantFiles() async throws {
        var watched = try watched
        let scratch = watched.scratch
        #expect(!watched.watcher.receivesEvents)
        #expect(watched.watcher.comparisonReason != nil)
        #expect(watched.watcher.changeCount() == 0)
        scratch.write("longer", to: "functions/a/f.swift")
        #expect(await watched.paths() == ["functions/a/f.swift"])
        scratch.write("longer", to: "shared/s.swift")
        #expect(await watched.paths() == ["functions/s.swift"])
        scratch.write("x", to: "Package.swift")
        #expect(await watched.paths() == ["Package.swift"])
        scratch.makeFolder("functions/b/c")
        scratch.write("x", to: "functions/b/c/g.swift")
        scratch.write("x", to: "functions/b/c/g.txt")
        #expect(await watched.paths() == ["functions/b/c/g.swift"])
        scratch.move("functions/b", to: "functions/d")
        #expect(await watched.paths() == ["functions/b/c/g.swift", "functions/d/c/g.swift"])
        scratch.shell("rm -r functions/a")
        #expect(await watched.paths() == ["functions/a/f.swift"])
        scratch.shell("mv functions old; mkdir functions")
        #expect(await watched.changes()?.everything == true)
        #expect(await watched.paths().isEmpty)
    }

    @Test func aFileSystemWithoutEventsIsCompared() async throws {
        let scratch = try Scratch()
        scratch.makeFolder("functions")
        let mounts = MountTable(parsing: "1 0 0:1 / / rw - ext4 a rw\n2 1 0:2 / \(scratch.path) rw - virtiofs b rw")
        let scope = WatchScope(folders: [scratch("functions")])
        let watcher = try FileWatcher(scope: scope, options: .init(mounts: { mounts }))
        #expect(!watcher.receivesEvents)
        #expect(watcher.comparisonReason?.contains("virtiofs") == true)
        scratch.write("x", to: "functions/a.swift")
        #expect(watcher.changeCount() == 1)
    }

    @Test func aLinkToAFileSystemWithoutEventsTurnsThemOff() async throws {
        // Another device than the temporary folder's, which the table declares to be one without events.
        let mounts = MountTable(parsing: "1 0 0:1 / / rw - ext4 a rw\n2 1 0:2 / /dev/shm rw - 9p b rw")
        let scratch = try Scratch()
        try #require(FileStamp(path: "/dev/shm")?.identity.device != FileStamp(path: scratch.path)?.identity.device)
        let watcher = try FileWatcher(scope: WatchScope(folders: [scratch.path]), options: .init(mounts: { mounts }))
        #expect(watcher.receivesEvents)
        scratch.link("a.swift", to: "/dev/shm/file-watching-none.swift")
        _ = watcher.changeCount()
        #expect(watcher.comparisonReason?.contains("/dev/shm") == true)
        let before = watcher.changeCount()
        scratch.write("x", to: "b.swift")
        #expect(watcher.changeCount() > before)
    }

    @Test func aWriteThatKeepsSizeAndTimeIsNoticed() async throws {
        var watched = try watched
        watched.scratch.shell(
            "touch -r functions/a/f.swift t; printf y > functions/a/f.swift; touch -r t functions/a/f.swift")
        #expect(await watched.paths() == ["functions/a/f.swift"])
    }

    @Test func changesArriveWithoutAsking() async throws {
        let watched = try watched
        watched.scratch.write("longer", to: "functions/a/f.swift")
        var iterator = watched.watcher.changes.makeAsyncIterator()
        #expect(await iterator.next()?.paths == [watched.scratch("functions/a/f.swift")])
    }

    @Test func aFileJustChangedIsWaitedFor() async throws {
        let watched = try watched
        await watched.watcher.settle()
        let start = ContinuousClock.now
        watched.scratch.write("longer", to: "functions/a/f.swift")
        await watched.watcher.settle()
        #expect(.now - start >= FileWatcher.Options().quiet)
    }
}
