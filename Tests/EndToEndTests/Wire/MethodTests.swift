import Foundation
import TestSupport
import Testing
import Values

/// Tests of the rules of methods, paths, origins and hosts, and of HTTP/1.1.
@Suite(.supervised, .tags(.large), .workspace(WireFixture.files))
struct MethodTests {
    private var workspace: RunningWorkspace { get throws { try SharedWorkspace.get() } }
    private let json = ("Content-Type", "application/json")

    @Test(arguments: ["PUT", "PATCH", "DELETE", "TRACE"])
    func otherMethodsAreNotTaken(method: String) throws {
        for path in ["/", "/functions.example.greet", "/_/health", "/elsewhere"] {
            let answer = try HTTPExchange.send(method, path, port: workspace.port, headers: [json], body: "{}")
            #expect(answer.status == 405)
            #expect(answer.headers["allow"]?.contains("GET") == true)
            #expect(answer.error("code") == "method-not-allowed")
        }
    }

    @Test func headIsGetWithoutBodyAndRunsNothing() throws {
        for path in ["/", "/_/health", "/_/functions", "/_/client.js", "/nope", "/_/nope"] {
            let get = try workspace.get(path)
            let head = try HTTPExchange.send("HEAD", path, port: workspace.port)
            #expect(head.status == get.status && head.body.isEmpty, "\(path)")
            #expect(head.headers["content-type"] == get.headers["content-type"])
        }
        let before = try workspace.call("errs.count").json.integer ?? 0
        for _ in 1...3 {
            #expect(try HTTPExchange.send("HEAD", "/functions.errs.count", port: workspace.port).body.isEmpty)
        }
        #expect(try workspace.call("errs.count").json.integer ?? 0 <= before + 1)
    }

    @Test func optionsTellWhatAPageMaySend() throws {
        let asked = [
            ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "content-type, x-own"),
        ]
        for path in ["/", "/functions.example.greet"] {
            let answer = try HTTPExchange.send(
                "OPTIONS", path, port: workspace.port, headers: asked + [("Origin", "http://localhost:4200")])
            #expect(answer.status == 204 && answer.body.isEmpty)
            #expect(answer.headers["access-control-allow-origin"] == "http://localhost:4200")
            #expect(answer.headers["access-control-allow-methods"]?.contains("POST") == true)
            #expect(answer.headers["access-control-allow-headers"] == "content-type, x-own")
            #expect(answer.headers["access-control-max-age"] == "30")
            #expect(answer.headers["access-control-allow-credentials"] == "false")
        }
        let nobody = try HTTPExchange.send("OPTIONS", "/", port: workspace.port)
        #expect(nobody.status == 204 && nobody.headers["access-control-allow-origin"] == "*")
        let foreign = try HTTPExchange.send(
            "OPTIONS", "/", port: workspace.port, headers: asked + [("Origin", "https://evil.example")])
        #expect(foreign.status == 403 && foreign.headers["access-control-allow-origin"] == nil)
    }

    @Test func everyAnswerToAnAllowedPageSaysSo() throws {
        let origin = ("Origin", "http://127.0.0.1:1")
        let port = try workspace.port
        let answers = [
            try workspace.post(#"{"name":"example.greet"}"#, headers: [json, origin]),
            try workspace.post(#"{"name":"example.nope"}"#, headers: [json, origin]),
            try workspace.post("[", headers: [json, origin]), try workspace.post("{}", headers: [origin]),
            try workspace.post(#"{"name":"errs.trap"}"#, headers: [json, origin]),
            try workspace.get("/_/nothing", headers: [origin]),
            try workspace.call("example.nope", headers: [origin]),
            try HTTPExchange.send("PUT", "/", port: port, headers: [origin]),
            try HTTPExchange.send("HEAD", "/", port: port, headers: [origin]),
            try workspace.post(
                "function=example.greet", headers: [("Content-Type", "application/x-www-form-urlencoded"), origin]),
        ]
        for answer in answers {
            #expect(answer.headers["access-control-allow-origin"] == "http://127.0.0.1:1", "\(answer)")
            #expect(answer.headers["vary"]?.contains("Origin") == true)
        }
    }

    private static let pages: [(origin: String?, site: String?, status: Int)] = [
        ("https://evil.example", nil, 403), ("null", nil, 403), ("http://localhost.evil.example", nil, 403),
        ("http://127.0.0.1.evil.example", nil, 403), ("https://localhost", nil, 200), ("http://[::1]:99", nil, 200),
        ("http://app.localhost:1", nil, 200), (nil, "cross-site", 403), (nil, "same-origin", 200), (nil, "none", 200),
    ]

    @Test(arguments: pages)
    func onlyPagesOfThisMachineMayCall(origin: String?, site: String?, status: Int) throws {
        var headers = [json]
        if let origin { headers.append(("Origin", origin)) }
        if let site { headers.append(("Sec-Fetch-Site", site)) }
        #expect(try workspace.post(#"{"name":"example.greet"}"#, headers: headers).status == status)
    }

    @Test func othersWhereTheSettingsSaySo() throws {
        let workspace = try RunningWorkspace(
            WireFixture.files,
            flags: [
                "--allow-origin", "https://portal.example/", "--allow-host", "dev.example:8020", "--bind", "127.0.0.2",
            ])
        func get(_ headers: [(String, String)]) throws -> HTTPExchange.Answer {
            try HTTPExchange.send("GET", "/_/health", port: workspace.port, headers: headers, address: 0x7F00_0002)
        }
        #expect(
            try get([("Origin", "https://portal.example")]).headers["access-control-allow-origin"]
                == "https://portal.example")
        #expect(try get([("Origin", "https://other.example")]).status == 403)
        for (host, status) in [
            ("dev.example", 200), ("dev.example:1", 200), ("DEV.example", 200), ("127.0.0.2:8020", 200),
            ("localhost", 200),
            ("evil.example", 403), ("", 403),
        ] { #expect(try get([("Host", host)]).status == status, "\(host)") }
    }

    @Test func aStarAllowsAllPagesButThoseWithoutAName() throws {
        let workspace = try RunningWorkspace(WireFixture.files, environment: ["ALLOW_ORIGIN": "*"])
        #expect(try workspace.get("/_/health", headers: [("Origin", "https://any.example")]).status == 200)
        #expect(try workspace.get("/_/health", headers: [("Origin", "null")]).status == 403)
    }

    @Test func belowTheOwnPathNothingIsACall() throws {
        let call = #"{"name":"example.greet"}"#
        #expect(
            try HTTPExchange.send("POST", "/_/nothing", port: workspace.port, headers: [json], body: call).status == 404
        )
        for path in ["/_", "/any/where", "/functions.example.greet/x", "/functions", "/functionsx.y"] {
            let answer = try HTTPExchange.send("POST", path, port: workspace.port, headers: [json], body: call)
            #expect(answer.json == "Greetings person, my username is user!", "\(path): \(answer)")
        }
    }

    @Test(arguments: [
        "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "nonsense", nil,
    ])
    func byPathTheContentTypeDoesNotMatter(type: String?) throws {
        let answer = try workspace.call(
            "example.greet", #"{"name":"Ada"}"#, headers: type.map { [("Content-Type", $0)] } ?? [])
        #expect(answer.json == "Greetings Ada, my username is user!")
    }

    @Test(arguments: ["APPLICATION/JSON", "application/json ; charset=utf-8", "application/json;"])
    func theContentTypeIsReadLikeOne(type: String) throws {
        #expect(try workspace.post(#"{"name":"example.greet"}"#, headers: [("Content-Type", type)]).status == 200)
    }

    @Test(arguments: [
        "application/json-patch+json", "application/jsonx", "text/json", "multipart/form-data", "application/xml",
    ])
    func otherContentTypesAreNotTaken(type: String) throws {
        let answer = try workspace.post(#"{"name":"example.greet"}"#, headers: [("Content-Type", type)])
        #expect(answer.status == 415)
        #expect(answer.error("code") == "unsupported-content-type")
    }

    @Test func theContextHeaderTakesAnyText() throws {
        let context = #"{"user":{"publicId":"u","name":"Zoë 😀"}}"#
        let answer = try workspace.call("ctx.dump", headers: [("Ingress-Context", context)])
        #expect(answer.json["user"]?["name"] == "Zoë 😀", "\(answer.body)")
        let broken = try workspace.call("ctx.dump", headers: [("Ingress-Context", "{")])
        #expect(broken.status == 400)
        #expect(broken.error("message")?.string?.contains("Ingress-Context") == true)
    }

    @Test func theNearestNamesAreTold() throws {
        let answer = try workspace.call("example.gret")
        #expect(answer.status == 404)
        #expect(answer.error("nearest")?[0] == "functions.example.greet", "\(answer.body)")
    }

    @Test func aConnectionServesManyRequestsAndInOrder() throws {
        func request(_ name: String, head: String = "POST / HTTP/1.1", type: String = "application/json") -> String {
            let body = #"{"name":"args.echo","arguments":{"a":"\#(name)"}}"#
            return
                "\(head)\r\nHost: localhost\r\nContent-Type: \(type)\r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
        }
        // Other requests follow even those that are refused before their bodies are read.
        let chunked =
            "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n"
            + "Connection: close\r\n\r\n1B\r\n{\"name\":\"args.echo\",\"argume\r\n"
            + "1A\r\nnts\":{\"a\":\"four\",\"b\":null}\r\n1\r\n}\r\n0\r\n\r\n"
        let text =
            request("one") + request("two") + request("", type: "text/plain") + request("", head: "PUT / HTTP/1.1")
            + request("three") + chunked
        let answers = try HTTPExchange.readAll(text, port: workspace.port)
        #expect(answers.components(separatedBy: "HTTP/1.1 200 OK").count == 5, "\(answers)")
        #expect(answers.contains("HTTP/1.1 415") && answers.contains("HTTP/1.1 405"))
        let places = try ["one", "two", "three", "four"].map {
            try #require(answers.range(of: #""a":"\#($0)""#)).lowerBound
        }
        #expect(places == places.sorted())
    }
}
