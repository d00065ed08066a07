import Foundation
import TestSupport
import Testing
import Values

/// Tests of the limits that control groups add to the other limits of memory.
@Suite(
    .supervised, .tags(.large),
    .enabled(if: ControlGroups.canBeHad, "no group of this process's memory can be made here"))
struct MemoryGroupTests {
    private func start() throws -> RunningWorkspace {
        let workspace = try RunningWorkspace(["functions/memory.swift": Self.source], flags: ["--workers-max", "1"])
        try workspace.waitUntilBuilt()
        return workspace
    }

    @Test(arguments: ["starts", "fills", "startsAndFails"])
    func whatIsNotInTheWorkerItselfCounts(name: String) throws {
        let workspace = try start()
        let file = "/dev/shm/\(UUID().uuidString)"
        defer { unlink(file) }
        let answer = try workspace.call("memory.\(name)", #"{"megabytes":200,"file":"\#(file)"}"#)
        #expect(answer.status == 500)
        #expect(answer.error("code") == "memory-exceeded", "\(answer.body)")
        #expect(answer.error("message")?.string?.contains("used 64 MB") == true, "\(answer.body)")
        #expect(answer.error("message")?.string?.contains("its limit is 64 MB") == true, "\(answer.body)")
        #expect(answer.error("location")?["file"] == "functions/memory.swift")
        unlink(file)
        #expect(try workspace.call("memory.\(name)", #"{"megabytes":1,"file":"\#(file)"}"#).status == 200)
        let metrics = try workspace.get("/_/metrics").body
        #expect(metrics.contains(#"ingress_worker_ends_total{reason="memory"} 1"#), "\(metrics)")
    }

    @Test func theLimitIsThatOfTheCall() throws {
        let workspace = try start()
        for _ in 0..<3 {
            #expect(try workspace.call("memory.starts", #"{"megabytes":1,"file":""}"#).json == 0)
            #expect(try workspace.call("memory.startsFreely", #"{"megabytes":200}"#).json == 0)
        }
        #expect(try workspace.get("/_/metrics").body.contains(#"ends_total{reason="memory"}"#) == false)
        #expect(try workspace.call("memory.starts", #"{"megabytes":200,"file":""}"#).status == 500)
    }

    @Test func aCrashIsNoUseOfMemory() throws {
        let answer = try start().call("memory.crashes")
        #expect(answer.error("code") == "function-crashed", "\(answer.body)")
        #expect(answer.error("location")?["line"] == 31, "the runtime could write its report: \(answer.body)")
    }

    @Test func aGroupGoesWithItsWorker() throws {
        let workspace = try start()
        #expect(try workspace.call("memory.starts", #"{"megabytes":1,"file":""}"#).status == 200)
        let before = try #require(ControlGroups.of(workspace.processIdentifier))
        #expect(!before.isEmpty)
        #expect(before.isSubset(of: Set(workspace.workers.map(String.init))), "a group a worker, of its number")
        #expect(try workspace.call("memory.starts", #"{"megabytes":200,"file":""}"#).status == 500)
        try poll("the group is gone") {
            ControlGroups.of(workspace.processIdentifier).map { before.isSubset(of: $0) } == false ? true : nil
        }
        #expect(workspace.stop(SIGTERM) == 0)
        #expect(ControlGroups.of(workspace.processIdentifier) == nil)
    }

    @Test func nothingIsLeftOfAKilledEmulator() throws {
        let workspace = try start()
        #expect(try workspace.call("memory.starts", #"{"megabytes":1,"file":""}"#).status == 200)
        workspace.stop(SIGKILL)
        try poll("the groups are gone") { ControlGroups.of(workspace.processIdentifier) == nil }
    }

    @Test func theNextEmulatorRemovesWhatIsLeft() throws {
        let workspace = try start()
        #expect(try workspace.call("memory.starts", #"{"megabytes":1,"file":""}"#).status == 200)
        let workers = workspace.workers
        // The processes that would remove the groups have their names among their arguments.
        for other in RunningWorkspace.processes(naming: "/workspace-\(workspace.processIdentifier)\0") {
            kill(other, SIGKILL)
        }
        workspace.stop(SIGKILL)
        try poll("its workers have ended") { workers.allSatisfy { kill($0, 0) != 0 } }
        // An emulator of another test may have removed the groups already.
        let next = try start()
        #expect(ControlGroups.of(workspace.processIdentifier) == nil)
        #expect(ControlGroups.of(next.processIdentifier) != nil)
    }

    private static let source = """
        import CloudFunctions
        import Foundation

        func start(_ megabytes: Int) throws -> Int {
            let process = Process()
            process.executableURL = URL(filePath: "/bin/sh")
            process.arguments = ["-c", "head -c \\(megabytes)000000 /dev/zero | tail >/dev/null"]
            try process.run()
            process.waitUntilExit()
            return Int(process.terminationStatus)
        }
        struct Failed: Error {}
        @Exposed(memory: .megabytes(64))
        func starts(_ context: FunctionContext, megabytes: Int, file: String) throws -> Int { try start(megabytes) }
        @Exposed(memory: .megabytes(64))
        func startsAndFails(_ context: FunctionContext, megabytes: Int, file: String) throws {
            guard try start(megabytes) == 0 else { throw Failed() }
        }
        @Exposed func startsFreely(_ context: FunctionContext, megabytes: Int) throws -> Int { try start(megabytes) }
        @Exposed(memory: .megabytes(64))
        func fills(_ context: FunctionContext, megabytes: Int, file: String) throws -> Int {
            _ = FileManager.default.createFile(atPath: file, contents: nil)
            let handle = try FileHandle(forWritingTo: URL(filePath: file))
            let block = Data(repeating: 1, count: 1 << 20)
            for _ in 0..<megabytes { try handle.write(contentsOf: block) }
            return megabytes
        }
        @Exposed(memory: .megabytes(64))
        func crashes(_ context: FunctionContext) -> Int {
            let none: [Int] = []
            return none[1]
        }
        """
}

/// The control groups of emulators, found only through their usual places and without help from an emulator.
enum ControlGroups {
    /// The folder in which the groups are made; nil when memory cannot be limited there, or the folder is not
    /// writable.
    static let place: String? = {
        let groups = (try? String(contentsOfFile: "/proc/self/cgroup", encoding: .utf8)) ?? ""
        let lines = groups.split(separator: "\n").map {
            $0.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        }
        guard let own = lines.first(where: { $0[0] == "0" }) else { return nil }
        let parent = "/sys/fs/cgroup" + (own[2] as NSString).deletingLastPathComponent
        let controllers = try? String(contentsOfFile: "\(parent)/cgroup.subtree_control", encoding: .utf8)
        return controllers?.contains("memory") == true ? usable(parent) : nil
    }()

    static var canBeHad: Bool { place != nil }

    private static func usable(_ folder: String) -> String? { access(folder, W_OK) == 0 ? folder : nil }

    /// Returns the names of an emulator's groups, or nil when it has no folder for them.
    static func of(_ emulator: Int32) -> Set<String>? {
        guard let place else { return nil }
        let names = try? FileManager.default.contentsOfDirectory(atPath: "\(place)/workspace-\(emulator)")
        return names.map { Set($0.filter { Int($0) != nil }) }
    }
}
