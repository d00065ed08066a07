import Foundation
import Testing
import Values

/// Starting, refusing to start, and ending without a trace.
@Suite(.timeLimit(.minutes(3)), .tags(.large))
struct LifecycleTests {
    private static let source =
        "import CloudFunctions\n@Exposed func one(_ context: FunctionContext) -> Int { 1 }\n"
        + "@Exposed func spin(_ context: FunctionContext) -> Int { while true {} }\n"

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
        let workspace = try RunningWorkspace(["functions/a.swift": Self.source + crash], named: name)
        #expect(try workspace.call("a.one").json == 1)
        #expect(try workspace.call("a.trap").error("location")?["line"] == 4)
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

    @Test(arguments: [SIGINT, SIGKILL])
    func whatAFunctionStartedEndsWithTheEmulator(signal: Int32) throws {
        let mark = "\(Int.random(in: 100_000...999_999))"
        let source = """
            import CloudFunctions
            import Foundation
            @Exposed func child(_ context: FunctionContext) throws -> Int {
                let process = Process()
                process.executableURL = URL(filePath: "/bin/sleep")
                process.arguments = ["\(mark)"]
                try process.run()
                return 1
            }
            """
        let workspace = try RunningWorkspace(["functions/a.swift": source])
        #expect(try workspace.call("a.child").json == 1)
        #expect(RunningWorkspace.processes(naming: mark).count == 1)
        #expect(workspace.stop(signal) == (signal == SIGINT ? 0 : -SIGKILL))
        try poll("the child is gone") { RunningWorkspace.processes(naming: mark).isEmpty ? true : nil }
    }

    @Test func noWorkerOutlivesAKilledEmulator() async throws {
        let workspace = try start()
        let busy = Task.detached { try workspace.call("a.spin") }
        try poll("a worker spins") { workspace.workers.count >= 1 ? true : nil }
        workspace.stop(SIGKILL)
        let killed = ContinuousClock.now
        try poll("no worker is left") { workspace.workers.isEmpty ? true : nil }
        #expect(ContinuousClock.now - killed < .seconds(2))
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
}
