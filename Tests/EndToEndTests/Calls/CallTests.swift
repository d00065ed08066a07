import Glibc
import TestSupport
import Testing
import Values

/// Tests that call every kind of function over both surfaces, through real workers.
@Suite(.supervised, .tags(.large), .workspace(CallFixture.files))
struct CallTests {
    private var workspace: RunningWorkspace { get throws { try SharedWorkspace.get() } }

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

    @Test func aBodyThatWaitsToBeAskedForIsAskedFor() throws {
        let head = """
            POST /functions.example.plain HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 2\r
            Connection: close\r\n\r\n
            """
        let socket = try HTTPExchange.open(head, port: workspace.port)
        defer { close(socket) }
        var asked = [UInt8](repeating: 0, count: 25)
        #expect(recv(socket, &asked, asked.count, Int32(MSG_WAITALL)) == asked.count)
        #expect(String(decoding: asked, as: UTF8.self) == "HTTP/1.1 100 Continue\r\n\r\n")
        try HTTPExchange.write(Array("{}".utf8), to: socket)
        let answer = String(decoding: try HTTPExchange.readAll(from: socket), as: UTF8.self)
        #expect(answer.hasPrefix("HTTP/1.1 200 OK") && answer.hasSuffix("42"), "\(answer)")
    }

    @Test func aBodyThatCameWithItsHeadIsNotAskedFor() throws {
        let answer = try HTTPExchange.send(
            "POST", "/functions.example.plain", port: workspace.port, headers: [("Expect", "100-continue")], body: "{}")
        #expect(answer.status == 200)
    }

    @Test func aBodyThatIsRefusedIsNotAskedFor() throws {
        let answer = try HTTPExchange.send(
            "POST", "/functions.example.plain", port: workspace.port,
            headers: [("Expect", "100-continue"), ("Origin", "https://evil.example")], body: "{}")
        #expect(answer.status == 403)
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
