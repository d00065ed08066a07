import TestSupport
import Testing
import Values

/// Tests of the schemas of functions, which are made by letting the functions ask for their arguments without running
/// them.
@Suite(.supervised, .tags(.large))
struct DescribingTests {
    private static let files = [
        "functions/d.swift": """
        import CloudFunctions
        import Foundation

        typealias Everything = Arguments
        struct Crashes: Codable {
            var a: Int
            init(from decoder: any Decoder) throws { fatalError("no") }
        }
        struct Hangs: Codable {
            init(from decoder: any Decoder) throws { while true {} }
        }
        struct Loops: Codable { var next: [Loops] }
        struct Choosy: Codable {
            var a: Int
            init(from decoder: any Decoder) throws { throw CancellationError() }
        }
        enum Mode: String, Codable { case fast, slow }
        enum Speed: String, Codable, CaseIterable { case fast, slow }
        nonisolated(unsafe) var counted = 0

        func write(_ name: String) { try? Data("ran".utf8).write(to: URL(filePath: "\\(#filePath)/../../\\(name)").standardized) }

        @Exposed func two(_ context: FunctionContext, a: Everything, b: Everything) { write("two") }
        @Exposed func maybe(_ context: FunctionContext, all: Arguments?) { write("maybe") }
        @Exposed func none(_ context: FunctionContext) { write("none") }
        @Exposed func all(_ context: FunctionContext, n: Int, all: Arguments) { write("all") }
        /// Crashes.
        @Exposed(agentic: true) func crashes(_ context: FunctionContext, c: Crashes) { write("crashes") }
        @Exposed(agentic: true, description: "Given", inputSchema: ["type": "object"], outputSchema: ["type": "object"])
        func given(_ context: FunctionContext, c: Crashes) -> Crashes { c }
        @Exposed func choosy(_ context: FunctionContext, c: Choosy) { write("choosy") }
        @Exposed func hangs(_ context: FunctionContext, h: Hangs) { write("hangs") }
        @Exposed func loops(_ context: FunctionContext, l: Loops) { write("loops") }
        /// Says when.
        /// - Parameters:
        ///   - since: from when on
        ///   - count: how many
        @Exposed func since(
            _ context: FunctionContext, since: Date = .now, count: Int = 3, mode: Mode = .fast, speed: Speed = .slow,
            computed: Int = 1 + 1, text: String = "a", list: [Int] = []
        ) -> [String: URL?] { [:] }
        """
    ]

    @Test func functionsAreDescribedAndNotRun() throws {
        let workspace = try RunningWorkspace(Self.files)
        try workspace.waitUntilBuilt()
        let list = try #require(try workspace.get("/_/functions").json["functions"]?.array)
        func function(_ name: String) throws -> JSONValue {
            try #require(list.first { $0["path"]?.string == "functions.d.\(name)" })
        }
        for name in ["two", "maybe", "none", "all", "crashes", "choosy", "loops", "hangs"] {
            #expect(workspace.read(name) == nil, "\(name) ran")
        }
        // A function that does run leaves its file.
        #expect(try workspace.call("d.none").status == 200)
        #expect(workspace.read("none") == "ran")
        #expect(try function("two")["inputSchema"]?["additionalProperties"] == true)
        #expect(try function("none")["inputSchema"] == ["type": "object", "properties": [:]])
        #expect(try function("maybe")["inputSchema"]?["properties"]?["all"] != nil)
        #expect(try function("all")["inputSchema"]?["required"] == ["n"])
        #expect(try function("none")["outputSchema"]?["properties"]?["output"]?["type"] == "null")
        #expect(try function("crashes")["schemaIssues"]?[0]?["type"] == "input_schema_generation_error")
        #expect(try function("crashes")["inputSchema"] == .null)
        let choosy = try #require(try function("choosy")["schemaIssues"]?[0]?["error"]?.string)
        #expect(choosy.contains("'c'") && choosy.contains("Choosy"), "\(choosy)")
        let hangs = try #require(try function("hangs")["schemaIssues"]?[0]?["error"]?.string)
        #expect(hangs.contains("longer than 5 seconds"), "\(hangs)")
        let loops = try function("loops")["inputSchema"]
        #expect(loops?["properties"]?["l"] == ["$ref": "#/$defs/Loops"], "\(loops ?? nil)")
        #expect(try function("given")["inputSchema"] == ["type": "object"])
    }

    @Test func onlyDefaultsThatAreAlwaysTheSameAreTold() throws {
        let workspace = try RunningWorkspace(Self.files)
        try workspace.waitUntilBuilt()
        let list = try workspace.get("/_/functions").json["functions"]?.array ?? []
        let since = try #require(list.first { $0["path"] == "functions.d.since" })
        let properties = try #require(since["inputSchema"]?["properties"])
        #expect(since["inputSchema"]?["required"] == nil)
        #expect(
            properties["since"] == [
                "format": "date-time", "title": "Since", "type": "string", "description": "from when on",
            ])
        #expect(properties["count"] == ["default": 3, "title": "Count", "type": "integer", "description": "how many"])
        #expect(properties["mode"]?["default"] == nil && properties["mode"]?["enum"] == ["fast", "slow"])
        #expect(properties["speed"]?["default"] == "slow")
        #expect(properties["computed"]?["default"] == nil)
        #expect(properties["text"]?["default"] == "a" && properties["list"]?["default"] == [])
        #expect(
            since["outputSchema"]?["properties"]?["output"]?["additionalProperties"]?["anyOf"]?[0]?["format"] == "uri")
    }

    @Test func aToolWhoseTypesCrashIsAnIssueUnlessItsSchemasAreGiven() throws {
        let workspace = try RunningWorkspace(Self.files)
        let tools = try workspace.post(#"{"name":"list-agent-tools"}"#).json["data"]?.array
        #expect(tools?.map { $0["name"] } == ["d.given"])
        let issues = try workspace.post(#"{"name":"list-agent-tools-issues"}"#).json["data"]?.array
        #expect(issues?.map { $0["name"] } == ["d.crashes"])
        #expect(issues?[0]["issues"]?[0]?["type"] == "input_schema_generation_error")
    }

    @Test func aSaveChangesTheSchemas() throws {
        let workspace = try RunningWorkspace([
            "functions/a.swift": "import CloudFunctions\n@Exposed func a(_ context: FunctionContext, n: Int) {}\n"
        ])
        try workspace.waitUntilBuilt()
        func type() throws -> JSONValue? {
            try workspace.get("/_/functions").json["functions"]?[0]?["inputSchema"]?["properties"]?["n"]?["type"]
        }
        #expect(try type() == "integer")
        try workspace.save(
            "functions/a.swift", "import CloudFunctions\n@Exposed func a(_ context: FunctionContext, n: String) {}\n")
        #expect(try workspace.call("a.a", #"{"n":"x"}"#).status == 200)
        #expect(try type() == "string")
    }
}
