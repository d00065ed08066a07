import Glibc
import TestSupport
import Testing

@testable import FileWatching

@Suite("Changes of files below a watched folder", .supervised)
struct FileEventsTests {
    @Test func aWriteIsCountedBeforeTheFileIsClosed() async throws {
        var watched = try Watched { $0.write("old", to: "functions/a.swift") }
        #expect(watched.watcher.receivesEvents)
        #expect(watched.watcher.comparisonReason == nil)
        #expect(watched.watcher.changeCount() == 0)
        let file = watched.scratch.openFile("functions/a.swift", options: 0)
        watched.scratch.put("new", into: file)
        #expect(await watched.paths() == ["functions/a.swift"])
        close(file)
    }

    @Test func newMovedAndDeletedFilesAreReported() async throws {
        var watched = try Watched { $0.write("x", to: "outside.swift") }
        let scratch = watched.scratch
        scratch.write("new", to: "functions/a.swift")
        #expect(await watched.paths() == ["functions/a.swift"])
        scratch.move("functions/a.swift", to: "functions/b.swift")
        #expect(await watched.paths() == ["functions/a.swift", "functions/b.swift"])
        scratch.delete("functions/b.swift")
        #expect(await watched.paths() == ["functions/b.swift"])
        scratch.move("outside.swift", to: "functions/c.swift")
        #expect(await watched.paths() == ["functions/c.swift"])
        scratch.move("functions/c.swift", to: "outside.swift")
        #expect(await watched.paths() == ["functions/c.swift"])
        scratch.shell("ln outside.swift functions/hard.swift")
        #expect(await watched.paths() == ["functions/hard.swift"])
    }

    @Test func aFileWrittenAsideAndRenamedOverAnotherIsAChangeOfThatOne() async throws {
        var watched = try Watched { $0.write("old", to: "functions/a.swift") }
        watched.scratch.write("new", to: "functions/.a.swift.tmp")
        #expect(await watched.paths().isEmpty)
        watched.scratch.move("functions/.a.swift.tmp", to: "functions/a.swift")
        #expect(await watched.paths() == ["functions/a.swift"])
    }

    @Test(arguments: ["4913", ".a.swift.swp", ".hidden.swift", "a.swift~", "notes.md", ".git/a.swift", ".b/c/d.swift"])
    func irrelevantFilesAreNotCounted(name: String) async throws {
        let watched = try Watched { $0.makeFolder("functions/.git") }
        if name.contains("/b") { watched.scratch.makeFolder("functions/.b/c") }
        watched.scratch.write("x", to: "functions/" + name)
        #expect(watched.watcher.changeCount() == 0)
        watched.scratch.delete("functions/" + name)
        #expect(watched.watcher.changeCount() == 0)
    }

    @Test func aChangeOfModeIsNotCounted() async throws {
        let watched = try Watched { $0.write("x", to: "functions/a.swift") }
        unsafe chmod(watched.scratch("functions/a.swift"), 0o600)
        #expect(watched.watcher.changeCount() == 0)
    }

    @Test func aSingleFileNeedNotExistAndIsAloneInItsFolder() async throws {
        var watched = try Watched(files: ["Package.swift", "settings/values.yaml"])
        let scratch = watched.scratch
        scratch.write("x", to: "README.md")
        scratch.write("x", to: "Other.swift")
        #expect(await watched.paths().isEmpty)
        scratch.write("x", to: "Package.swift")
        #expect(await watched.paths() == ["Package.swift"])
        scratch.write("y", to: "Package.new")
        #expect(await watched.paths().isEmpty)
        scratch.move("Package.new", to: "Package.swift")
        #expect(await watched.paths() == ["Package.swift"])
        scratch.makeFolder("settings")
        scratch.write("x", to: "settings/values.yaml")
        #expect(await watched.paths() == ["settings/values.yaml"])
        scratch.write("y", to: "settings/values.yaml")
        #expect(await watched.paths() == ["settings/values.yaml"])
        scratch.delete("Package.swift")
        #expect(await watched.paths() == ["Package.swift"])
    }

    @Test func aWriteOfAnotherProcessIsCountedOnceItHasEnded() async throws {
        let watched = try Watched { $0.write("x", to: "functions/a.swift") }
        var before = watched.watcher.changeCount()
        for round in 0..<200 {
            watched.scratch.shell("echo \(round) >> functions/a.swift")
            let after = watched.watcher.changeCount()
            #expect(after > before)
            before = after
            await Task.yield()
        }
    }

    @Test func aWriteIsCountedHoweverManyThreadsAsk() async throws {
        let watched = try Watched { $0.write("x", to: "functions/a.swift") }
        let watcher = watched.watcher
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<3 {
                group.addTask {
                    while !Task.isCancelled {
                        _ = watcher.changeCount()
                        await Task.yield()
                    }
                }
            }
            let file = watched.scratch.openFile("functions/a.swift", options: O_APPEND)
            var before = watcher.changeCount()
            for _ in 0..<5_000 {
                watched.scratch.put("y", into: file)
                let after = watcher.changeCount()
                #expect(after > before)
                before = after
            }
            close(file)
            group.cancelAll()
        }
    }

    @Test func changesArriveWithoutAsking() async throws {
        let watched = try Watched()
        let path = watched.scratch("functions/a.swift")
        watched.scratch.write("x", to: "functions/a.swift")
        var iterator = watched.watcher.changes.makeAsyncIterator()
        let changes = try #require(await iterator.next())
        #expect(changes.paths == [path])
        #expect(changes.count >= 1)
        #expect(!changes.everything)
        #expect(watched.watcher.changeCount() >= changes.count)
    }
}
