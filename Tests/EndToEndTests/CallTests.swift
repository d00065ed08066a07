import Testing
import Values

/// Every kind of function, called over both surfaces through real workers.
@Suite(.timeLimit(.minutes(3)), .tags(.large))
struct CallTests {
    static let workspace = Result {
        let workspace = try RunningWorkspace([
            "functions/example.swift": Self.example, "functions/other.swift": Self.other,
            "functions/functions.swift":
                "import CloudFunctions\n@Exposed func hello(_ context: FunctionContext) -> String { \"hi\" }\n",
            "functions/deep/er/nested.swift":
                "import CloudFunctions\n@Exposed private func get(_ context: FunctionContext) -> String { \"nested\" }\n",
            "context_values.yaml": "serviceAccount: {username: user, password: pass}\n",
        ])
        try workspace.waitUntilBuilt()
        return workspace
    }

    private var workspace: RunningWorkspace { get throws { try Self.workspace.get() } }

    static let example = """
        import CloudFunctions

        struct Point: Codable { var x: Int; var y: Double? }
        struct Refused: Error, CustomStringConvertible { var description: String { "refused: secret detail" } }

        /// Greets someone.
        /// - Parameter name: whom to greet
        @Exposed
        func greet(_ context: FunctionContext, name: String = "person") throws -> String {
            let username: String = try context.config.value("serviceAccount.username")
            return "Greetings \\(name), my username is \\(username)!"
        }

        func hidden(_ context: FunctionContext) -> String { "hidden" }

        @Exposed func plain(_ context: FunctionContext) -> Int { 42 }
        @Exposed func nothing(_ context: FunctionContext) {}
        @Exposed func slow(_ context: FunctionContext, times: Int) async throws -> [Int] {
            var all: [Int] = []
            for index in 0..<times { await Task.yield(); all.append(index) }
            return all
        }
        @Exposed func awaited(_ context: FunctionContext) async -> Bool { await Task { true }.value }
        @MainActor @Exposed func main(_ context: FunctionContext) -> String { "main" }
        @Exposed func move(_ context: FunctionContext, point: Point, by distance: Int = 1, note: String?) -> Point {
            Point(x: point.x + distance, y: note == nil ? nil : 0.5)
        }
        @Exposed func everything(_ context: FunctionContext, all: Arguments) -> JSONObject { all.values }
        @Exposed func some(_ context: FunctionContext) -> any Encodable { ["a": 1] }
        @Exposed("send_email") func sendEmail(_ context: FunctionContext, to: String) -> String { to }
        @Exposed private func get(_ context: FunctionContext) -> String { "example" }
        @Exposed func fails(_ context: FunctionContext) throws { throw Refused() }
        @Exposed func config(_ context: FunctionContext) -> JSONObject { context.config.values }
        @Exposed func typed(_ context: FunctionContext, n: Int, on: Bool = false) -> String { "\\(n) \\(on)" }
        @Exposed func infinite(_ context: FunctionContext) -> [String: [Double]] { ["values": [1, .infinity]] }
        @Exposed func length(_ context: FunctionContext, data: String) -> Int { data.utf8.count }
        @Exposed func big(_ context: FunctionContext, n: Int) -> String { String(repeating: "x", count: n) }
        """
    static let other = """
        import CloudFunctions
        @Exposed private func get(_ context: FunctionContext) -> String { "other" }
        """

    @Test(arguments: [
        ("example.greet", #"{"name":"Ada"}"#, #""Greetings Ada, my username is user!""#),
        ("example.greet", "", #""Greetings person, my username is user!""#), ("example.plain", "{}", "42"),
        ("example.nothing", "", "null"), ("example.slow", #"{"times":3}"#, "[0,1,2]"), ("example.awaited", "", "true"),
        ("example.main", "", #""main""#), ("example.move", #"{"point":{"x":1}}"#, #"{"x":2}"#),
        ("example.move", #"{"point":{"x":1},"by":5,"note":"n"}"#, #"{"x":6,"y":0.5}"#),
        ("example.everything", #"{"b":1,"a":[null,2.0]}"#, #"{"b":1,"a":[null,2.0]}"#),
        ("example.some", "", #"{"a":1}"#),
        ("example.send_email", #"{"to":"me"}"#, #""me""#), ("example.get", "", #""example""#),
        ("other.get", "", #""other""#),
        ("deep.er.nested.get", "", #""nested""#), ("example.typed", #"{"n":2.0,"zzz":1}"#, #""2 false""#),
    ])
    func answersWithTheResult(name: String, arguments: String, expected: String) throws {
        let answer = try workspace.call(name, arguments)
        #expect(answer.status == 200)
        #expect(answer.body == expected)
        #expect(answer.headers["ingress-activation-id"]?.wholeMatch(of: /[0-9a-f]{32}/) != nil)
        #expect(answer.headers["ingress-generation"] == "1")
    }

    @Test(arguments: ["functions.example.greet", "example.greet"])
    func answersTheEnvelope(name: String) throws {
        let answer = try workspace.post(
            #"{"name":"\#(name)","arguments":{"name":"Ada"},"config":{"serviceAccount":{"username":"zed"}}}"#)
        #expect(answer.status == 200)
        #expect(answer.json == "Greetings Ada, my username is zed!")
    }

    @Test func aBareNameMeansTheModuleFunctions() throws {
        #expect(try workspace.post(#"{"name":"hello"}"#).json == "hi")
    }

    @Test func aQueryIsParsedByTheParametersType() throws {
        #expect(try workspace.get("/functions.example.typed?n=5&on=true").json == "5 true")
        #expect(
            try workspace.get("/functions.example.greet?name=A+%26%20B").json == "Greetings A & B, my username is user!"
        )
    }

    @Test(arguments: [
        ("example.hidden", "", 404, "function-not-found"), ("example.gret", "", 404, "function-not-found"),
        ("example.typed", "{}", 400, "invalid-argument"), ("example.typed", #"{"n":"5"}"#, 400, "invalid-argument"),
        ("example.typed", "[]", 400, "invalid-request"), ("example.typed", "{", 400, "invalid-request"),
        ("example.fails", "", 500, "function-threw"), ("example.infinite", "", 500, "invalid-result"),
    ])
    func answersFailuresWithTheErrorObject(name: String, arguments: String, status: Int, code: String) throws {
        let answer = try workspace.call(name, arguments)
        #expect(answer.status == status)
        #expect(answer.error("code")?.string == code)
        #expect(answer.headers["ingress-error"] == code)
        #expect(answer.error("message")?.string?.isEmpty == false)
        #expect(answer.error("activationId")?.string == answer.headers["ingress-activation-id"])
        #expect((answer.headers["ingress-generation"] == "1") == (code == "invalid-argument" || status == 500))
    }

    @Test func namesTheArgumentThatDoesNotFit() throws {
        let missing = try workspace.call("example.typed").error("message")?.string ?? ""
        #expect(missing.contains("'n'"))
        #expect(try workspace.call("example.fails").error("message") == "refused: secret detail")
        let nested = try workspace.call("example.move", #"{"point":{"x":"one"}}"#).error("message")?.string ?? ""
        #expect(nested.contains("'point.x'"), "\(nested)")
    }

    @Test func aFunctionThatIsNotThereIsAnAnswerOfTheEnvelope() throws {
        let answer = try workspace.post(#"{"name":"example.hidden"}"#)
        #expect(answer.status == 200)
        #expect(answer.json == "Not found, function 'example.hidden' does not exist or is not exposed")
        #expect(answer.headers["ingress-error"] == "function-not-found")
    }

    @Test func listsTheFunctions() throws {
        let functions = try workspace.get("/_/functions").json["functions"]?.array ?? []
        let greet = try #require(functions.first { $0["path"] == "functions.example.greet" })
        #expect(greet["file"] == "functions/example.swift")
        #expect(greet["line"]?.integer == 9)
        #expect(greet["documentation"] == "Greets someone.")
        #expect(greet["parameters"]?[0]?["name"] == "name")
        #expect(greet["parameters"]?[0]?["documentation"] == "whom to greet")
        #expect(!functions.contains { $0["path"]?.string?.contains("hidden") == true })
    }

    @Test func largeArgumentsAndResultsPass() throws {
        let text = String(repeating: "y", count: 5_000_000)
        #expect(try workspace.call("example.length", #"{"data":"\#(text)"}"#).json == 5_000_000)
        #expect(try workspace.call("example.big", #"{"n":5000000}"#).body.utf8.count == 5_000_002)
    }

    @Test func callsRunSideBySide() async throws {
        let workspace = try workspace
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<40 { group.addTask { try workspace.call("example.greet").status } }
            for try await status in group { #expect(status == 200) }
        }
    }

    @Test func refusesForeignHostsAndOrigins() throws {
        let host = try HTTPExchange.send("GET", "/_/health", port: workspace.port, headers: [("Host", "evil.example")])
        #expect(host.status == 403)
        #expect(host.error("code") == "host-not-allowed")
        let origin = try workspace.call("example.plain", headers: [("Origin", "https://evil.example")])
        #expect(origin.status == 403)
        #expect(origin.headers["access-control-allow-origin"] == nil)
        let page = try workspace.call("example.fails", headers: [("Origin", "http://localhost:4200")])
        #expect(page.status == 500)
        #expect(page.headers["access-control-allow-origin"] == "http://localhost:4200")
    }

    @Test(arguments: [
        ("text/plain", 415), ("", 415), ("Application/JSON; charset=utf-8", 200),
        ("application/json;charset=UTF-8", 200),
    ])
    func takesJSONOnlyForTheEnvelope(contentType: String, status: Int) throws {
        let answer = try workspace.post(#"{"name":"example.plain"}"#, headers: [("Content-Type", contentType)])
        #expect(answer.status == status)
    }
}
