import Engine
import EngineTestSupport
import Failures
import TestSupport
import Testing

@testable import Ingress

/// Tests that common slips are named, with what to do instead.
@Suite(.supervised)
struct SlipTests {
    struct Slip: Sendable, CustomTestStringConvertible {
        let request: String
        let status: Int
        /// A part of the response.
        let words: String

        var testDescription: String { words }
    }

    private static func post(_ path: String, _ headers: String, _ body: String) -> String {
        "POST \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\(headers)"
            + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    private static func get(_ target: String) -> String {
        "GET \(target) HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    }

    private static let slips = [
        Slip(
            request: post("/functions/a/f", "Content-Type: application/json\r\n", "{}"), status: 400,
            words: "Call /functions.a.f, with dots"),
        Slip(
            request: post(
                "/", "Content-Type: application/x-www-form-urlencoded\r\n", #" {"name":"functions.a.f","arguments":{}}"#
            ),
            status: 415, words: "Send Content-Type: application/json"),
        Slip(
            request: post("/functions.a.f", "Content-Encoding: gzip\r\n", "\u{1F}"), status: 415,
            words: "encoded as 'gzip'"),
        Slip(request: get("/functions.a.f?name=caf%E9"), status: 400, words: "The query is not text in UTF-8"),
        Slip(request: get("/functions.caf%E9"), status: 400, words: "The path is not text in UTF-8"),
        Slip(
            request: post("/", "Content-Type: application/x-www-form-urlencoded\r\n", "function=a&x=%E9"), status: 400,
            words: "The form is not text in UTF-8"),
        Slip(request: get("/functions.a.f?name=Zoë"), status: 400, words: "percent-encoded"),
        Slip(
            request: get("/functions.a.f?name=" + String(repeating: "x", count: 100_000)), status: 431,
            words: "longer than 80 KB"),
    ]

    @Test(arguments: slips) func isNamed(slip: Slip) async throws {
        let scripted = try await ScriptedEngine()
        try await scripted.install("answer 1")
        try await EngineServer.run(scripted.engine, [Paths(), Forms(), Calls()]) { port in
            let answer = try HTTPExchange.readAll(slip.request, port: port)
            #expect(answer.hasPrefix("HTTP/1.1 \(slip.status) "), "\(answer)")
            #expect(answer.contains(slip.words), "\(answer)")
        }
        try await scripted.engine.stop()
    }

    @Test func anIdentityIsNoEncoding() async throws {
        let scripted = try await ScriptedEngine()
        try await scripted.install("answer 1")
        try await EngineServer.run(scripted.engine, [Paths()]) { port in
            let request = Self.post("/functions.a.f", "Content-Encoding: Identity\r\n", "{}")
            let answer = try HTTPExchange.readAll(request, port: port)
            #expect(answer.hasSuffix("\r\n\r\n1"))
        }
        try await scripted.engine.stop()
    }
}
