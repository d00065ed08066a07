import TestSupport
import Testing
import Values

/// Tests that the calls of agents' tools are checked against their schemas.
@Suite(.supervised, .tags(.large), .workspace(ToolFixture.files))
struct ToolArgumentTests {
    private func violations(_ name: String, _ arguments: String) throws -> [JSONValue] {
        let workspace = try SharedWorkspace.get()
        let answers = [
            try workspace.call(name, arguments), try workspace.post(#"{"name":"\#(name)","arguments":\#(arguments)}"#),
        ]
        for answer in answers {
            #expect(answer.status == 400)
            #expect(answer.error("code") == "invalid-argument", "\(answer.body)")
        }
        return answers[0].error("violations")?.array ?? []
    }

    @Test func eachViolationIsToldWithItsPath() throws {
        let found = try violations("t.move", #"{"p":{"x":"1","y":true},"by":[1,"2",3.5],"name":null}"#)
        #expect(Set(found.compactMap { $0["path"]?.string }) == ["p.x", "p.y", "by[1]", "by[2]", "name"], "\(found)")
        #expect(found.allSatisfy { $0["message"]?.string?.isEmpty == false })
        let missing = try violations("t.move", "{}")
        #expect(missing.map { $0["path"] } == ["p"], "\(missing)")
    }

    @Test(arguments: ["n=0", "n=x", "n=1.5", "m=1", "n=1&m=2"])
    func textIsReadAsTheSchemaSays(query: String) throws {
        let workspace = try SharedWorkspace.get()
        let answer = try workspace.get("/functions.t.count?\(query)")
        #expect(answer.status == 400)
        #expect(answer.error("violations")?.array?.isEmpty == false, "\(answer.body)")
        let form = try workspace.post(
            "function=t.count&function_args__key0=n&function_args__value0=0",
            headers: [("Content-Type", "application/x-www-form-urlencoded")])
        #expect(form.status == 400 && form.headers["ingress-error"] == "invalid-argument")
    }

    @Test func theGivenSchemaCounts() throws {
        #expect(try violations("t.count", #"{"n":0}"#).count == 1)
        #expect(try violations("t.count", #"{"n":1,"m":2}"#).count == 1)
        #expect(try SharedWorkspace.get().call("t.count", #"{"n":1}"#).json == 1)
    }

    @Test func argumentsThatFitAreTaken() throws {
        let workspace = try SharedWorkspace.get()
        #expect(try workspace.call("t.move", #"{"p":{"x":1.0},"other":1}"#).json == ["x": 1])
        #expect(try workspace.get("/functions.t.count?n=3").json == 3)
        #expect(try workspace.get("/functions.t.move?p=%7B%22x%22:1%7D&name=5&by=%5B1%5D").json == ["x": 1])
    }

    @Test func aTypeThatCannotBeDescribedDoesNotHurtItsCalls() throws {
        let workspace = try SharedWorkspace.get()
        for _ in 0..<2 { #expect(try workspace.call("t.careful", #"{"c":{"n":3}}"#).json == 3) }
        #expect(try workspace.call("t.careful", #"{"c":{"n":-3}}"#).error("code") == "function-crashed")
    }

    @Test func otherFunctionsHaveTheirOwnWords() throws {
        let answer = try SharedWorkspace.get().call("t.plain", #"{"n":"x"}"#)
        #expect(answer.status == 400 && answer.error("violations") == nil)
    }
}

private enum ToolFixture {
    static let files = [
        "functions/t.swift": """
        import CloudFunctions

        struct Point: Codable {
            var x: Int
            var y: Double?
        }

        struct Careful: Codable {
            var n: Int
            init(from decoder: any Decoder) throws {
                n = try decoder.container(keyedBy: CodingKeys.self).decode(Int.self, forKey: .n)
                precondition(n > 2, "too small")
            }
        }

        /// Takes care.
        @Exposed(agentic: true) func careful(_ context: FunctionContext, c: Careful) -> Int { c.n }

        /// Moves.
        @Exposed(agentic: true) func move(_ context: FunctionContext, p: Point, by: [Int] = [], name: String = "a") -> Point { p }
        @Exposed(
            agentic: true, description: "Counts",
            inputSchema: ["type": "object", "properties": ["n": ["type": "integer", "minimum": 1]], "required": ["n"],
                          "additionalProperties": false])
        func count(_ context: FunctionContext, n: Int) -> Int { n }
        @Exposed func plain(_ context: FunctionContext, n: Int) -> Int { n }
        """
    ]
}
