import Foundation
import Logging
import NIOCore
import NIOPosix
import TestSupport
import Testing

@testable import WorkerPool

/// Tests of the files that are written, in folders that only look like the kernel's: they accept everything and are
/// never empty.
@Suite(.supervised)
struct MemoryGroupsTests {
    private let scratch: ScratchFolder
    private var folder: String { scratch.path }
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    private let eventLoop = MultiThreadedEventLoopGroup.singleton.next()

    init() throws { scratch = try ScratchFolder(named: "groups") }

    private func groups(
        controllers: String? = "cpu memory pids", before: (String) throws -> Void = { _ in }
    ) throws -> MemoryGroups? {
        if let controllers { MemoryGroups.write("\(controllers)\n", to: "\(folder)/cgroup.subtree_control") }
        try before(folder)
        return MemoryGroups(
            in: MemoryGroupPlace(
                groups: "0::/terminal", mounts: "30 23 0:26 / \(folder) rw - cgroup2 cgroup2 rw"),
            logger: logger)
    }

    private func read(_ path: String) -> String? {
        FileManager.default.contents(atPath: "\(folder)/workspace-\(getpid())/\(path)").map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    @Test(arguments: [nil, "cpu pids", "memory_recursiveprot"])
    func withoutTheControllerThereAreNone(controllers: String?) throws {
        #expect(try groups(controllers: controllers) == nil)
        #expect(!FileManager.default.fileExists(atPath: "\(folder)/workspace-\(getpid())"))
    }

    @Test func whereAFolderIsRefusedThereAreNone() throws {
        // An existing folder that cannot be removed is in the way.
        let groups = try groups {
            try FileManager.default.createDirectory(
                atPath: "\($0)/workspace-\(getpid())/a/b", withIntermediateDirectories: true)
        }
        #expect(groups == nil)
        #expect(MemoryGroups(in: nil, logger: logger) == nil)
    }

    @Test func whatKilledEmulatorsLeftIsRemoved() throws {
        _ = try groups {
            for name in ["workspace-999999999/1", "workspace-1/2", "workspace-other/3", "slice"] {
                try FileManager.default.createDirectory(atPath: "\($0)/\(name)", withIntermediateDirectories: true)
            }
        }
        let left = Set(try FileManager.default.contentsOfDirectory(atPath: folder))
        #expect(left == ["workspace-\(getpid())", "workspace-1", "workspace-other", "slice", "cgroup.subtree_control"])
        #expect(FileManager.default.fileExists(atPath: "\(folder)/workspace-1/2"))
    }

    @Test func aGroupIsWritten() async throws {
        let groups = try #require(try groups())
        #expect(read("cgroup.subtree_control") == "+memory")
        let group = MemoryGroup(of: 42, limit: 1000, in: groups)
        try await group.start(on: eventLoop).get()
        #expect(read("42/memory.max") == "1000")
        #expect(read("42/memory.oom.group") == "1")
        #expect(read("42/memory.swap.max") == "0")
        #expect(read("42/cgroup.procs") == "42")
    }

    @Test func theLimitIsTheLastOne() async throws {
        let group = MemoryGroup(of: 42, limit: 1000, in: try #require(try groups()))
        try await group.start(on: eventLoop).get()
        group.limit(3000)
        #expect(read("42/memory.max") == "3000", "a higher one is there at once")
        for limit in [1000, 3000, 500, 2000, 700] { group.limit(limit) }
        try await eventually("the limit is written") { read("42/memory.max") == "700" }
    }

    @Test(arguments: [
        ("low 0\nmax 7\noom 0\noom_kill 3\noom_group_kill 1\n", false),
        ("low 0\nmax 7\noom 2\noom_kill 3\noom_group_kill 1\n", true), ("low 0\nmax 7\noom 2\noom_kill 0\n", false),
    ])
    func anEndCountsWhenTheGroupWasAtItsLimit(events: String, counts: Bool) async throws {
        let groups = try #require(try groups())
        let path = "\(folder)/workspace-\(getpid())/42"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        MemoryGroups.write(events, to: "\(path)/memory.events")
        let group = MemoryGroup(of: 42, limit: 1000, in: groups)
        #expect(!group.wasEnded)
        try await group.start(on: eventLoop).get()
        #expect(group.wasEnded == counts)
    }
}
