import TestSupport
import Testing
import Values

/// Tests of the names that answer the questions of agents.
@Suite(.supervised, .tags(.large), .workspace(WireFixture.files))
struct AgentToolsTests {
    private func ask(_ name: String) throws -> HTTPExchange.Answer {
        try SharedWorkspace.get().post(#"{"name":"\#(name)"}"#)
    }

    @Test(arguments: [
        "app-description", "functions.app-description", "nomod.app-description", "a.b.list-agent-tools",
        "list-agent-tools-issues", "functions.x.list-agent-tools-issues",
    ])
    func theLastPartDecides(name: String) throws {
        let answer = try ask(name)
        #expect(answer.status == 200 && answer.json["result"] == "success", "\(answer.body)")
    }

    @Test(arguments: ["xlist-agent-tools", "list-agent-tools.x", "a-app-description", "List-agent-tools"])
    func otherNamesAreFunctions(name: String) throws {
        #expect(try ask(name).headers["ingress-error"] == "function-not-found")
    }

    @Test func namesWithEmptyPartsAreNone() throws {
        #expect(try ask(".app-description").status == 400)
    }

    @Test func byPathToo() throws {
        let answer = try SharedWorkspace.get().call("app-description")
        #expect(answer.json["data"] == ["description": "An app that adds things.", "shortName": "adder"])
    }

    @Test func toolsAreListedByName() throws {
        let tools = try #require(try ask("list-agent-tools").json["data"]?.array)
        #expect(tools.map { $0["name"] } == ["agentic.add", "agentic.move", "pkg.inner.ping"])
        let add: JSONValue = [
            "name": "agentic.add", "description": "Adds two integers.", "requires_human_permission": false,
            "inputSchema": [
                "type": "object",
                "properties": [
                    "a": ["title": "A", "type": "integer"], "b": ["default": 2, "title": "B", "type": "integer"],
                ], "required": ["a"],
            ],
            "outputSchema": [
                "type": "object", "properties": ["output": ["title": "Output", "type": "integer"]],
                "required": ["output"],
            ], "meta": nil, "issues": [],
        ]
        #expect(tools[0] == add, "\(tools[0])")
        let move = tools[1]
        #expect(move["description"] == "Moves a point\nexamples:\nmove 1 2\nmove 3 4")
        #expect(move["requires_human_permission"] == true && move["meta"] == ["k": "v"])
        let schema: JSONValue = [
            "$defs": [
                "Point": [
                    "type": "object", "title": "Point",
                    "properties": [
                        "x": ["title": "X", "type": "integer"],
                        "y": ["anyOf": [["type": "number"], ["type": "null"]], "default": nil, "title": "Y"],
                    ], "required": ["x"],
                ]
            ], "type": "object",
            "properties": [
                "p": ["$ref": "#/$defs/Point"],
                "mode": ["default": "fast", "enum": ["fast", "slow"], "title": "Mode", "type": "string"],
                "note": ["anyOf": [["type": "string"], ["type": "null"]], "default": nil, "title": "Note"],
            ], "required": ["p"],
        ]
        #expect(move["inputSchema"] == schema, "\(move["inputSchema"] ?? nil)")
    }

    @Test func whatIsNotReadyIsAnIssue() throws {
        let issues = try #require(try ask("list-agent-tools-issues").json["data"]?.array)
        #expect(issues.map { $0["name"] } == ["agentic.nodoc"])
        #expect(issues[0]["issues"]?[0]?["type"] == "description_missing")
        #expect(issues[0]["description"] == "")
    }

    @Test func aFileThatDoesNotCompileIsAnIssue() throws {
        let workspace = try RunningWorkspace(WireFixture.files)
        try workspace.waitUntilBuilt()
        try workspace.save("functions/pkg/inner.swift", "import CloudFunctions\nlet x: Int = \"\"\n")
        let issues = try workspace.post(#"{"name":"list-agent-tools-issues"}"#)
        let broken = try #require(issues.json["data"]?[0], "\(issues.body)")
        #expect(broken["type"] == "import_error" && broken["module_name"] == "pkg.inner")
        #expect(broken["error"]?.string?.contains("functions/pkg/inner.swift:2") == true, "\(broken)")
        let tools = try workspace.post(#"{"name":"list-agent-tools"}"#)
        #expect(tools.json["data"]?.array?.map { $0["name"] } == ["agentic.add", "agentic.move"])
    }

    @Test func withoutADescriptionTheAppHasNone() throws {
        let workspace = try RunningWorkspace(["functions/a.swift": "import CloudFunctions\n"])
        let answer = try workspace.post(#"{"name":"app-description"}"#)
        #expect(answer.json == ["result": "success", "data": ["description": nil, "shortName": nil]])
        #expect(try workspace.post(#"{"name":"list-agent-tools"}"#).json["data"] == [])
    }

    @Test func twoDescriptionsAreAnError() throws {
        let workspace = try RunningWorkspace([
            "functions/a.swift": "import CloudFunctions\n#AppDescription(shortName: \"a\")\n",
            "functions/b.swift": "import CloudFunctions\n#AppDescription(shortName: \"b\")\n",
        ])
        let answer = try workspace.post(#"{"name":"x.y"}"#)
        #expect(answer.error("code") == "build-failed")
        let message = try #require(answer.error("message")?.string)
        #expect(message.contains("functions/a.swift:2") && message.contains("functions/b.swift:2"), "\(message)")
    }
}
