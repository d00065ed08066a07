import Foundation
import TestSupport
import Testing
import Values

/// Tests of the configuration's files, as calls see them.
@Suite(.supervised, .tags(.large))
struct ConfigurationFileTests {
    private static let functions = ["functions/ctx.swift": WireFixture.source("ctx")]

    @Test func theFirstThatIsThereCounts() throws {
        let workspace = try RunningWorkspace(
            Self.functions.merging([
                "context_config.json": #"{"values":{"from":"legacy"}}"#
            ]) { $1 })
        #expect(try workspace.call("ctx.config").json == ["from": "legacy"])
        try workspace.prints("context_config.json is deprecated")
        let generation = try workspace.call("ctx.config").headers["ingress-generation"]
        try workspace.save("context_values.json", #"{"from":"json"}"#)
        #expect(try workspace.call("ctx.config").json == ["from": "json"])
        try poll("the warning") { workspace.console.contains("context_values.json is deprecated") }
        try workspace.save("context_values.yaml", "from: yaml\n")
        #expect(try workspace.call("ctx.config").json == ["from": "yaml"])
        try FileManager.default.removeItem(atPath: "\(workspace.folder)/context_values.yaml")
        #expect(try workspace.call("ctx.config").json == ["from": "json"])
        #expect(try workspace.call("ctx.config").headers["ingress-generation"] == generation)
        for file in ["context_values.json", "context_config.json"] {
            try FileManager.default.removeItem(atPath: "\(workspace.folder)/\(file)")
        }
        #expect(try workspace.call("ctx.config").json == [:])
    }

    @Test func aFileThatIsWrongIsToldByEveryCall() throws {
        let workspace = try RunningWorkspace(Self.functions)
        let wrong: [(file: String, text: String, place: String)] = [
            ("context_values.yaml", "a: 1\n b: [\n", "context_values.yaml:2"),
            ("context_values.yaml", "- a\n", "context_values.yaml:1"),
            ("context_config.json", #"{"values": 1}"#, "context_config.json:1"),
            ("context_values.json", "{", "context_values.json:1"),
        ]
        for (file, text, place) in wrong {
            try workspace.save(file, text)
            let answers = [
                try workspace.call("ctx.config"), try workspace.post(#"{"name":"ctx.config"}"#),
                try workspace.post(#"{"name":"nomod.f"}"#), try workspace.post(#"{"name":"list-agent-tools"}"#),
            ]
            for answer in answers {
                #expect(answer.status == 500)
                #expect(answer.error("code") == "configuration-invalid")
                #expect(answer.error("message")?.string?.contains(place) == true, "\(answer.body)")
            }
            try FileManager.default.removeItem(atPath: "\(workspace.folder)/\(file)")
            #expect(try workspace.call("ctx.config").json == [:])
        }
    }

    @Test func numbersThatJSONCannotHoldAreThere() throws {
        let workspace = try RunningWorkspace([
            "functions/n.swift": """
            import CloudFunctions
            @Exposed func get(_ context: FunctionContext) throws -> [String] {
                try ["a", "b", "c", "d.e"].map { "\\(try context.config.value($0, as: Double.self))" }
            }
            """,
            "context_values.yaml": "a: .inf\nb: -.INF\nc: .nan\nd: {e: 1.0e+400, f: 1}\n",
        ])
        #expect(try workspace.call("n.get").json == ["inf", "-inf", "nan", "inf"])
    }
}
