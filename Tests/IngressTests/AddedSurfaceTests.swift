import Engine
import EngineTestSupport
import Failures
import FunctionContracts
import Invocations
import NIOCore
import NIOHTTP1
import Surfaces
import Synchronization
import TestSupport
import Testing
import WorkerProtocol

@testable import Ingress

/// A way in of its own: everything below `/plain/`, with the body as it is and the result as text.
private struct Plain: InvokingSurface {
    let engine: Engine
    /// Whether requests were parsed on the event loop, in order.
    let parsed: Parsed

    final class Parsed: Sendable {
        let onLoop = Mutex<[Bool]>([])
    }

    func takes(_ request: Request) -> Bool { request.path.hasPrefix("/plain/") }

    func invocation(from request: Request, body: ByteBuffer, id: ActivationID) throws(Failure) -> Invocation {
        parsed.onLoop.withLock { $0.append(engine.eventLoop.inEventLoop) }
        guard body.readableBytes > 0 else { throw Failure(.invalidRequest, "Nothing came") }
        let name = String(request.path.dropFirst("/plain/".count))
        return Invocation(id: id, cause: .http, target: try FunctionName(name))
    }

    func response(to json: ByteBuffer) -> Response {
        Response(
            status: .ok, headers: ["Content-Type": "text/plain"], body: ByteBuffer(string: "=" + String(buffer: json)))
    }

    func response(to failure: Failure, id: ActivationID) -> Response {
        Response(status: .badRequest, headers: [:], body: ByteBuffer(string: failure.message))
    }
}

/// Tests that a surface is added with a type and one line.
@Suite(.supervised)
struct AddedSurfaceTests {
    @Test func answersItsOwnRequestsAndLeavesOthersAlone() async throws {
        let scripted = try await ScriptedEngine()
        try await scripted.install("answer 1")
        let plain = Plain(engine: scripted.engine, parsed: .init())
        try await EngineServer.run(scripted.engine, [plain, Paths(), Calls()]) { port in
            let answer = try HTTPExchange.send("PUT", "/plain/functions.a.f", port: port, body: "x")
            #expect(answer.status == 200)
            #expect(answer.body == "=1")
            #expect(answer.headers["content-type"] == "text/plain")
            #expect(answer.headers["ingress-activation-id"]?.count == 32)
            #expect(answer.headers["ingress-generation"] == "1")
            let failure = try HTTPExchange.send("PUT", "/plain/functions.a.f", port: port)
            #expect(failure.status == 400 && failure.body == "Nothing came")
            #expect(try HTTPExchange.send("POST", "/functions.a.f", port: port, body: "{}").body == "1")
            #expect(try HTTPExchange.send("GET", "/elsewhere", port: port).status == 404)
        }
        try await scripted.engine.stop()
    }

    @Test func aLargeBodyIsNotParsedOnTheEventLoop() async throws {
        let scripted = try await ScriptedEngine()
        try await scripted.install("answer 1")
        let plain = Plain(engine: scripted.engine, parsed: .init())
        try await EngineServer.run(scripted.engine, [plain]) { port in
            let long = String(repeating: "x", count: BackgroundWork.quickLength + 1)
            for body in ["x", long] {
                let answer = try HTTPExchange.send("PUT", "/plain/functions.a.f", port: port, body: body)
                #expect(answer.body == "=1")
            }
        }
        #expect(plain.parsed.onLoop.withLock { $0 } == [true, false])
        try await scripted.engine.stop()
    }

    @Test(arguments: [("1.1", "6\r\n=piece\r\n"), ("1.0", "=piece")])
    func aResultThatComesInPiecesIsChunkedForWhoKnowsThat(version: String, body: String) async throws {
        let scripted = try await ScriptedEngine()
        try await scripted.install("piece =piece; answer ''")
        try await EngineServer.run(scripted.engine, [Paths()]) { port in
            let answer = try HTTPExchange.readAll(
                "GET /functions.a.f HTTP/\(version)\r\nHost: 127.0.0.1\r\n\r\n", port: port)
            let isChunked = answer.contains("Transfer-Encoding: chunked\r\n")
            #expect(isChunked == (version == "1.1"))
            #expect(answer.contains("Connection: close\r\n") && !answer.contains("Content-Length"))
            #expect(answer.hasSuffix("\r\n\r\n\(body)" + (isChunked ? "0\r\n\r\n" : "")), "\(answer)")
        }
        try await scripted.engine.stop()
    }

    @Test func inProductionEverythingButACallIsRefused() async throws {
        let scripted = try await ScriptedEngine()
        try await EngineServer.run(scripted.engine, [Calls(keys: SignatureKeys([]))]) { port in
            for (method, path, status) in [("GET", "/_/health", 405), ("POST", "/_/health", 404), ("POST", "/", 401)] {
                let type = [("Content-Type", "application/json")]
                let answer = try HTTPExchange.send(method, path, port: port, headers: type, body: "{}")
                #expect(answer.status == status, "\(method) \(path)")
            }
        }
        try await scripted.engine.stop()
    }
}
