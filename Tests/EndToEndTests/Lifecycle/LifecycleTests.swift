import Foundation
import TestSupport
import Testing
import Values

/// Tests of starting, of refusing to start, and of ending without a trace.
@Suite(.supervised, .tags(.large))
struct LifecycleTests {
    private static let source = """
        import CloudFunctions
        import Foundation

        @Exposed func one(_ context: FunctionContext) -> Int { 1 }
        @Exposed func spin(_ context: FunctionContext) throws -> Int {
            try write("1", to: "spin")
            while true {}
        }
        @Exposed func sleeps(_ context: FunctionContext, seconds: Int) async throws -> String {
            try write("1", to: "sleeps")
            try await Task.sleep(for: .seconds(seconds))
            return "slept"
        }
        @Exposed func daemon(_ context: FunctionContext) throws {
            let daemon = Process()
            daemon.executableURL = URL(filePath: "/usr/bin/setsid")
            daemon.arguments = ["sleep", "1000"]
            try daemon.run()
            try write("\\(daemon.processIdentifier)", to: "daemon.pid")
            exit(1)
        }
        func write(_ text: String, to file: String) throws {
            let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            try Data(text.utf8).write(to: folder.appending(path: file))
        }

        """

    private func start() throws -> RunningWorkspace {
        let workspace = try RunningWorkspace(["functions/a.swift": Self.source])
        try workspace.waitUntilBuilt()
        return workspace
    }

    @Test func theHealthAnswersFromTheStart() throws {
        let workspace = try RunningWorkspace(["functions/a.swift": Self.source])
        #expect(try workspace.get("/_/health").status == 200)
        let health = try workspace.waitUntilBuilt()
        #expect(health["status"] == "ok")
        #expect(health["generation"] == 1)
        #expect(health["documentStore"]?["state"] == "unavailable")
    }

    @Test(arguments: ["with spaces", "größe-日本"])
    func aFolderMayHaveAnyName(name: String) throws {
        let crash = "@Exposed func trap(_ context: FunctionContext) -> Int { let none: [Int] = []; return none[0] }\n"
        let trapLine = Int64(Self.source.split(separator: "\n", omittingEmptySubsequences: false).count)
        let workspace = try RunningWorkspace(["functions/a.swift": Self.source + crash], named: name)
        #expect(try workspace.call("a.one").json == 1)
        #expect(try workspace.call("a.trap").error("location")?["line"]?.integer == trapLine)
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func aSignalEndsItWithoutATrace(signal: Int32) throws {
        let workspace = try start()
        #expect(try workspace.call("a.one").json == 1)
        #expect(!workspace.workers.isEmpty)
        #expect(workspace.stop(signal) == 0)
        #expect(workspace.workers.isEmpty)
        #expect(throws: HTTPExchange.ConnectionFailed.self) { try workspace.get("/_/health") }
        let left = try FileManager.default.contentsOfDirectory(atPath: "\(workspace.folder)/.workspace/crashes")
        #expect(left.isEmpty)
    }

    @Test func aStoppedWorkerDoesNotKeepTheEmulatorFromEnding() throws {
        let workspace = try start()
        for worker in workspace.workers where worker != workspace.processIdentifier { kill(worker, SIGSTOP) }
        #expect(workspace.stop(SIGTERM) == 0)
        #expect(workspace.workers.isEmpty)
    }

    @Test func aStoppedWorkerDoesNotOutliveAKilledEmulator() throws {
        let workspace = try start()
        #expect(try workspace.call("a.one").json == 1)
        let processes = workspace.workers + [workspace.processIdentifier]
        for worker in workspace.workers where worker != workspace.processIdentifier { kill(worker, SIGSTOP) }
        #expect(workspace.stop(SIGKILL) == -SIGKILL)
        try poll("nothing is left") { workspace.workers.isEmpty }
        for process in processes {
            #expect(!FileManager.default.fileExists(atPath: "/dev/shm/mongoc-\(process)"))
        }
    }

    @Test(arguments: [SIGINT, SIGKILL], ["/bin/sleep", "/usr/bin/setsid"])
    func whatAFunctionStartedEndsWithTheEmulator(signal: Int32, program: String) throws {
        let mark = "\(Int.random(in: 100_000...999_999))"
        let arguments = program.hasSuffix("setsid") ? ["--fork", "/bin/sleep", mark] : [mark]
        let source = """
            import CloudFunctions
            import Foundation
            @Exposed func child(_ context: FunctionContext) throws -> Int {
                let process = Process()
                process.executableURL = URL(filePath: "\(program)")
                process.arguments = \(arguments)
                try process.run()
                return 1
            }
            """
        let workspace = try RunningWorkspace(["functions/a.swift": source])
        #expect(try workspace.call("a.child").json == 1)
        try poll("the child has begun") { RunningWorkspace.processes(naming: mark).isEmpty ? nil : true }
        #expect(workspace.stop(signal) == (signal == SIGINT ? 0 : -SIGKILL))
        try poll("the child is gone") { RunningWorkspace.processes(naming: mark).isEmpty }
    }

    @Test func noWorkerOutlivesAKilledEmulator() async throws {
        let workspace = try start()
        let busy = Task.detached { try workspace.call("a.spin") }
        try poll("a worker spins") { workspace.workers.count >= 1 }
        workspace.stop(SIGKILL)
        try poll("no worker is left") { workspace.workers.isEmpty }
        _ = await busy.result
    }

    @Test func aTakenPortNamesItsHolder() throws {
        let first = try start()
        let scratch = try ScratchWorkspace(["functions/a.swift": Self.source])
        let second = try WorkspaceCommandRun(["run", "--functions", scratch.functions, "--port", "\(first.port)"])
        #expect(try second.exitCode() == 1)
        #expect(second.output.contains("Port \(first.port) is taken by workspace (process \(first.processIdentifier))"))
        #expect(second.output.contains("--port"))
    }

    @Test func oneWorkspaceHasOneEmulator() throws {
        let first = try start()
        let second = try WorkspaceCommandRun(["run", "--functions", "\(first.folder)/functions", "--port", "0"])
        #expect(try second.exitCode() == 1)
        #expect(second.output.contains("process \(first.processIdentifier)"))
    }

    @Test func aMissingFunctionsFolderIsNamed() throws {
        let scratch = try ScratchWorkspace(["readme": ""])
        let run = try WorkspaceCommandRun(["run"], currentFolder: scratch.folder)
        #expect(try run.exitCode() == 1)
        #expect(run.output.contains(scratch.functions))
    }

    @Test func aStateFolderThatCannotBeUsedIsNamed() throws {
        let scratch = try ScratchWorkspace(["functions/a.swift": Self.source, ".workspace/build": "a file"])
        let run = try WorkspaceCommandRun(["run", "--port", "0"], currentFolder: scratch.folder)
        #expect(try run.exitCode() == 1)
        #expect(run.output.contains("\(scratch.folder)/.workspace/build"), "\(run.output)")
    }

    @Test(arguments: [
        (["run", "--prot", "1"], [:], "--prot"), (["run", "--port", "x"], [:], "--port"), (["jump"], [:], "jump"),
        (["run", "--functions", "/"], ["HTTP_SERVER_PORT": "-1"], "HTTP_SERVER_PORT"),
    ])
    func wrongUsageEndsWithTwo(arguments: [String], environment: [String: String], named: String) throws {
        let scratch = try ScratchWorkspace(["functions/a.swift": Self.source])
        let run = try WorkspaceCommandRun(arguments, currentFolder: scratch.folder, environment: environment)
        #expect(try run.exitCode() == 2)
        #expect(run.output.contains(named), "\(run.output)")
    }

    @Test(arguments: [("prot: 1\n", "prot"), ("port: [\n", "workspace.yaml:2"), ("- 1\n", "mapping")])
    func aWrongWorkspaceFileEndsWithTwo(text: String, named: String) throws {
        let scratch = try ScratchWorkspace(["functions/a.swift": Self.source, "workspace.yaml": text])
        let run = try WorkspaceCommandRun(["run"], currentFolder: scratch.folder)
        #expect(try run.exitCode() == 2)
        #expect(run.output.contains(named), "\(run.output)")
    }

    @Test func helpEndsWithNought() throws {
        let run = try WorkspaceCommandRun(["run", "--help"])
        #expect(try run.exitCode() == 0)
        #expect(run.output.contains("--port"))
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func callsInFlightFinishBeforeTheEnd(signal: Int32) throws {
        let workspace = try start()
        let answer = BackgroundCall("a.sleeps", #"{"seconds":1}"#, of: workspace)
        try workspace.waitForCall("sleeps")
        #expect(workspace.stop(signal) == 0)
        #expect(try answer.wait().json == "slept")
    }

    @Test func aSecondSignalEndsCallsAtOnce() throws {
        let workspace = try start()
        let answer = BackgroundCall("a.sleeps", #"{"seconds":1000}"#, of: workspace)
        try workspace.waitForCall("sleeps")
        kill(workspace.processIdentifier, SIGINT)
        try poll("the port is closed") { (try? workspace.get("/_/health")) == nil }
        let start = ContinuousClock.now
        #expect(workspace.stop(SIGINT) == 0)
        #expect(.now - start < .seconds(9), "calls that do not end are given ten seconds")
        #expect(try answer.wait().error("code") == "stopping")
        try poll("the workers end") { workspace.workers.isEmpty }
    }

    @Test func aCallThatDoesNotEndIsGivenTenSeconds() throws {
        let workspace = try start()
        let answer = BackgroundCall("a.spin", of: workspace)
        try workspace.waitForCall("spin")
        #expect(workspace.stop(SIGTERM) == 0)
        let failure = try answer.wait()
        #expect(failure.status == 503)
        #expect(failure.error("code") == "stopping")
    }

    @Test func aRequestThatNeverComesWholeDoesNotHoldTheEnd() throws {
        let workspace = try start()
        let connection = try HTTPExchange.open(
            "POST /functions.a.one HTTP/1.1\r\nHost: localhost\r\n", port: workspace.port)
        defer { close(connection) }
        let start = ContinuousClock.now
        #expect(workspace.stop(SIGTERM) == 0)
        #expect(.now - start < .seconds(9), "calls that do not end are given ten seconds")
    }

    @Test func aProcessThatAFunctionLeavesBehindHoldsNoCall() throws {
        let workspace = try start()
        let answer = try workspace.call("a.daemon")
        #expect(answer.error("code") == "function-exited")
        let pid = try poll("the daemon says who it is") { Int32(workspace.read("daemon.pid") ?? "") }
        #expect(kill(pid, SIGKILL) == 0)
    }

    @Test func anIdleWorkerThatWasKilledTakesNoCall() throws {
        let workspace = try start()
        for _ in 0..<10 {
            #expect(try workspace.call("a.one").json == 1)
            let workers = workspace.workers
            for worker in workers { kill(worker, SIGKILL) }
            try poll("the workers have ended") { workers.allSatisfy(Self.hasEnded) }
            let answer = try workspace.call("a.one")
            #expect(answer.json == 1, "\(answer.body) \(workspace.console)")
        }
    }

    /// Returns whether a process is gone, or is a zombie without threads, so that its descriptors are closed.
    private static func hasEnded(_ process: Int32) -> Bool {
        guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return true }
        let threads = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task")) ?? []
        return threads.count <= 1 && status.split(separator: ") ").last?.first == "Z"
    }
}
