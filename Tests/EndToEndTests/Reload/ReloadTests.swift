import Foundation
import TestSupport
import Testing
import Values

/// Tests of saving files while the emulator runs.
@Suite(.supervised, .tags(.large))
struct ReloadTests {
    private func source(_ value: String) -> String {
        "import CloudFunctions\n@Exposed private func value(_ context: FunctionContext) -> String { \(value) }\n"
    }

    private func start(_ files: [String: String] = [:]) throws -> RunningWorkspace {
        let workspace = try RunningWorkspace(["functions/a.swift": source("\"0\"")].merging(files) { $1 })
        try workspace.waitUntilBuilt()
        return workspace
    }

    @Test func aCallAfterASaveRunsTheNewCode() throws {
        let workspace = try start()
        for round in 1...12 {
            try workspace.save("functions/a.swift", source("\"\(round)\""))
            let answer = try workspace.call("a.value")
            #expect(answer.json == .string("\(round)"))
            #expect(answer.headers["ingress-generation"] == "\(round + 1)")
        }
    }

    @Test func aSaveWithoutChangeMakesNoNewGeneration() throws {
        let workspace = try start()
        try workspace.save("functions/a.swift", source("\"0\""))
        #expect(try workspace.call("a.value").headers["ingress-generation"] == "1")
    }

    @Test func codeThatCannotBeServedIsNotTakenForWhatIs() throws {
        let workspace = try start()
        let twice = "@Exposed(\"value\") private func again(_ context: FunctionContext) -> Int { 2 }\n"
        for _ in 0..<3 {
            // This compiles, but two functions have the same path; when it is saved again, it still is not what is
            // served.
            try workspace.save("functions/a.swift", source("\"1\"") + twice)
            let answer = try workspace.call("a.value")
            #expect(answer.error("code") == "build-failed", "\(answer.body)")
            #expect(try workspace.get("/_/health").json["status"] == "build-failed")
        }
        try workspace.save("functions/a.swift", source("\"0\""))
        #expect(try workspace.call("a.value").json == "0")
    }

    @Test func newAndDeletedFilesCount() throws {
        let workspace = try start()
        try workspace.save("functions/more/b.swift", source("\"b\""))
        #expect(try workspace.call("more.b.value").json == "b")
        try poll("the console tells of it") {
            workspace.console.firstMatch(of: /Reloaded functions in [0-9.]+ m?s: 1 new, generation 2\n/) == nil
                ? nil : true
        }
        try FileManager.default.removeItem(atPath: "\(workspace.folder)/functions/more")
        #expect(try workspace.call("more.b.value").status == 404)
        #expect(try workspace.call("a.value").json == "0")
    }

    @Test func codeThatDoesNotCompileAnswersItsDiagnosticsUntilItIsMended() throws {
        let workspace = try start()
        try workspace.save("functions/a.swift", source("5"))
        let answer = try workspace.call("a.value")
        #expect(answer.status == 500)
        #expect(answer.error("code") == "build-failed")
        #expect(answer.error("location")?["file"] == "functions/a.swift")
        #expect(answer.error("location")?["line"] == 2)
        let diagnostic = answer.error("diagnostics")?[0]
        #expect(diagnostic?["column"]?.integer ?? 0 > 0)
        #expect(diagnostic?["message"]?.string?.contains("String") == true)
        try poll("the console shows the line and a caret under it") {
            workspace.console.firstMatch(of: /functions\/a\.swift:2:[0-9]+: error: .*\n.*\{ 5 \}\n *\^/) == nil
                ? nil : true
        }
        let health = try workspace.get("/_/health").json
        #expect(health["status"] == "build-failed")
        #expect(health["failure"]?["diagnostics"]?[0] == diagnostic)
        try workspace.save("functions/a.swift", source("\"mended\""))
        #expect(try workspace.call("a.value").json == "mended")
        #expect(try workspace.get("/_/health").json["status"] == "ok")
        #expect(try workspace.get("/_/health").json["failure"] == nil)
    }

    @Test func functionsThatNeverCompiledStillGiveAnIngress() throws {
        let workspace = try RunningWorkspace(["functions/a.swift": "import CloudFunctions\nfunc broken( {\n"])
        let health = try workspace.waitUntilBuilt()
        #expect(health["status"] == "build-failed")
        #expect(health["generation"] == 0)
        #expect(try workspace.call("a.value").error("code") == "build-failed")
    }

    @Test func twoFunctionsUnderOnePathAreABuildErrorThatNamesBoth() throws {
        let two = """
            import CloudFunctions
            @Exposed func value(_ context: FunctionContext) -> Int { 1 }
            @Exposed("value") func other(_ context: FunctionContext) -> Int { 2 }
            """
        let workspace = try start(["functions/a.swift": two])
        let answer = try workspace.call("a.value")
        #expect(answer.error("code") == "build-failed")
        let message = answer.error("diagnostics")?[0]?["message"]?.string ?? ""
        #expect(message.contains("functions/a.swift:2") && message.contains("functions/a.swift:3"), "\(message)")
    }

    @Test func theStateFolderMayGoWhileTheEmulatorRuns() throws {
        let workspace = try start(["functions/b.swift": source("[\"0\"][Int(\"1\")!]")])
        for round in 1...2 {
            try FileManager.default.removeItem(atPath: "\(workspace.folder)/.workspace")
            try workspace.save("functions/a.swift", source("\"\(round)\""))
            #expect(try workspace.call("a.value").json == .string("\(round)"))
            let crash = try workspace.call("b.value")
            #expect(crash.error("location")?["line"] == 2)
            #expect(crash.error("location")?["column"] != nil, "only a crash report knows it: \(crash.body)")
        }
    }

    @Test func whatTheMacroCannotTakeIsAnErrorAtItsPlace() throws {
        let workspace = try start([
            "functions/a.swift": "import CloudFunctions\n\n@Exposed func value(name: String) -> String { name }\n"
        ])
        let answer = try workspace.call("a.value")
        #expect(answer.error("location")?["line"] == 3)
        #expect(answer.error("message")?.string?.contains("FunctionContext") == true)
    }

    @Test func theConfigurationIsLive() throws {
        let source = """
            import CloudFunctions
            @Exposed func value(_ context: FunctionContext) -> JSONObject { context.config.values }
            """
        let workspace = try start(["functions/a.swift": source, "context_values.yaml": "k: 1\n"])
        #expect(try workspace.call("a.value").body == #"{"k":1}"#)
        for round in 2...6 {
            try workspace.save("context_values.yaml", "k: \(round)\nlist: [a, yes]\n")
            let answer = try workspace.call("a.value")
            #expect(answer.body == #"{"k":\#(round),"list":["a",true]}"#)
            #expect(answer.headers["ingress-generation"] == "1")
        }
        #expect(
            try workspace.post(#"{"name":"a.value","config":{"k":{"x":1}}}"#).body
                == #"{"k":{"x":1},"list":["a",true]}"#)
        try workspace.save("context_values.yaml", "k: [1\nj: 2\n")
        let broken = try workspace.call("a.value")
        #expect(broken.status == 500)
        #expect(broken.error("code") == "configuration-invalid")
        #expect(broken.error("location")?["file"] == "context_values.yaml")
        #expect(broken.error("location")?["line"]?.integer ?? 0 > 0)
        try FileManager.default.removeItem(atPath: "\(workspace.folder)/context_values.yaml")
        #expect(try workspace.call("a.value").body == "{}")
    }

    @Test func sourcesAndConfigurationSavedTogetherAreBothInEffect() throws {
        let source = "import CloudFunctions\n@Exposed func value(_ context: FunctionContext) throws -> String "
        let workspace = try start(["context_values.yaml": "k: 0\n"])
        for round in 1...8 {
            try workspace.save(
                "functions/a.swift",
                source + #"{ let k: Int = try context.config.value("k"); return "\#(round) \(k)" }"#)
            try poll("the build runs") {
                let health = try workspace.get("/_/health").json
                return health["status"] == "building" || health["generation"] == .integer(Int64(round + 1)) ? true : nil
            }
            try workspace.save("context_values.yaml", "k: \(round)\n")
            #expect(try workspace.call("a.value").json == .string("\(round) \(round)"))
        }
    }

    @Test func aRestartWithNothingChangedRunsNoCompiler() throws {
        let workspace = try start()
        workspace.stop(SIGTERM)
        let built = try goodBuild(of: workspace)
        #expect(built.keys.contains("a.o"))
        let again = try WorkspaceCommandRun(["run", "--port", "0", "--functions", "\(workspace.folder)/functions"])
        defer { again.stop(SIGTERM) }
        try again.wait(for: "Functions are loaded")
        #expect(try goodBuild(of: workspace) == built, "a run of the compiler replaces all files")
    }

    /// Returns the files of the last successful build by name, each with its inode number and its time.
    private func goodBuild(of workspace: RunningWorkspace) throws -> [String: [String]] {
        let folder = "\(workspace.folder)/.workspace/build/good"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        return try Dictionary(
            uniqueKeysWithValues: names.map { name in
                let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")
                return (name, [FileAttributeKey.systemFileNumber, .modificationDate].map { "\(attributes[$0] ?? "")" })
            })
    }
}
