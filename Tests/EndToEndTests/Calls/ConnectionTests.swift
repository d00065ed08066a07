import FoundationEssentials
import Glibc
import TestSupport
import Testing
import Values

/// Tests of the ways in which clients use connections, including wrong ones.
@Suite(.supervised, .tags(.large), .workspace(ConnectionFixture.files))
struct ConnectionTests {
    private var workspace: RunningWorkspace { get throws { try SharedWorkspace.get() } }

    private func request(_ head: String, _ headers: String = "", body: String = "") -> String {
        "\(head) HTTP/1.1\r\nHost: localhost\r\n\(headers)Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    @Test func whatIsNoHTTPIsToldSo() throws {
        let answer = try HTTPExchange.readAll("NONSENSE\r\n\r\n", port: workspace.port)
        #expect(answer.hasPrefix("HTTP/1.1 400 Bad Request\r\n"), "\(answer)")
        #expect(answer.contains("Connection: close") && answer.contains(#""code":"invalid-request""#), "\(answer)")
    }

    @Test func aCallIsAnsweredAlthoughGarbageFollowsIt() throws {
        let text = request("POST /functions.c.waits") + String(repeating: "no HTTP ", count: 50_000)
        let answer = try HTTPExchange.readAll(text, port: workspace.port)
        #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n") && answer.hasSuffix("\r\n\r\n1"), "\(answer)")
    }

    @Test func whoAsksForAnotherProtocolIsAnsweredInThisOneAndLeft() throws {
        let upgrade = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n"
        let text = request("POST /functions.c.waits", upgrade) + request("POST /functions.c.waits")
        let answer = try HTTPExchange.readAll(text, port: workspace.port)
        #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n") && answer.hasSuffix("\r\n\r\n1"), "\(answer)")
        #expect(answer.contains("Connection: close\r\n"), "\(answer)")
    }

    @Test func aBodyThatIsNotAskedForIsNotWaitedFor() throws {
        let head = """
            POST / HTTP/1.1\r\nHost: localhost\r\nOrigin: https://evil.example\r\nExpect: 100-continue\r
            Content-Length: 10\r\n\r\n
            """
        let answer = try HTTPExchange.readAll(head, port: workspace.port)
        #expect(answer.hasPrefix("HTTP/1.1 403 Forbidden\r\n") && answer.contains("Connection: close\r\n"), "\(answer)")
    }

    @Test func theOldVersionKeepsAConnectionThatIsToBeKept() throws {
        let head = "GET /_/health HTTP/1.0\r\nHost: localhost\r\n"
        let answers = try HTTPExchange.readAll(
            "\(head)Connection: keep-alive\r\n\r\n\(head)\r\n", port: workspace.port)
        #expect(answers.components(separatedBy: "HTTP/1.1 200 OK").count == 3, "\(answers)")
        #expect(answers.contains("Connection: keep-alive\r\n") && answers.contains("Connection: close\r\n"))
    }

    @Test func whoSendsNoMoreStillGetsTheWholeAnswer() throws {
        let length = 20_000_000
        let socket = try HTTPExchange.connect(port: workspace.port, receiveBuffer: 4096)
        defer { close(socket) }
        try HTTPExchange.write(
            Array(request("POST /functions.c.big", body: #"{"length":\#(length)}"#).utf8), to: socket)
        var first: UInt8 = 0
        #expect(recv(socket, &first, 1, 0) == 1)
        shutdown(socket, Int32(SHUT_WR))
        let answer = try HTTPExchange.readAll(from: socket)
        let head = try #require(answer.firstRange(of: "\r\n\r\n".utf8))
        #expect(answer.count - head.upperBound == length + 2)
    }

    /// A client that keeps sending and reads nothing is no longer read from, and its answers do not pile up in
    /// memory.
    @Test func whoReadsNoAnswersIsReadNoMore() throws {
        let workspace = try workspace
        let before = try Footprint(of: workspace).memory
        let socket = try HTTPExchange.connect(port: workspace.port, receiveBuffer: 4096)
        defer { close(socket) }
        let requests = Array(String(repeating: request("GET /_/console/console.js"), count: 1_000).utf8)
        var sent = 0
        // The answers to this many requests would take 400 MB and more.
        while sent < 4_000_000 {
            var pollRequest = pollfd(fd: socket, events: Int16(POLLOUT), revents: 0)
            guard poll(&pollRequest, 1, 500) > 0 else { break }
            let count = send(socket, requests, requests.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
            guard count > 0 else { break }
            sent += count
        }
        #expect(try workspace.call("c.waits").status == 200)
        let after = try Footprint(of: workspace).memory
        #expect(after - before < 30 << 20, "\(before) became \(after) after \(sent) bytes of requests")
    }

    /// The result and the log lines come through one pipe, printed lines through another.
    @Test func everyLineIsOfTheCallThatPrintedIt() async throws {
        let workspace = try workspace
        let printed = try await withThrowingTaskGroup(of: [(line: String, id: String)].self) { group in
            for lane in 0..<4 {
                group.addTask {
                    try await onOwnThread {
                        try (0..<50).map { number in
                            let line = "line \(lane).\(number) ends"
                            let answer = try workspace.call("c.says", #"{"text":"\#(line)"}"#)
                            return (line, try #require(answer.headers["ingress-activation-id"]))
                        }
                    }
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(printed.count == 200)
        for (line, id) in printed {
            try poll("\(line) is on the console under its call") {
                workspace.console.split(separator: "\n").first { $0.contains(line) && $0.contains(id) }
            }
        }
    }
}

private enum ConnectionFixture {
    static let files = [
        "functions/c.swift": """
        import CloudFunctions

        @Exposed func waits(_ context: FunctionContext) async throws -> Int {
            try await Task.sleep(for: .milliseconds(20))
            return 1
        }

        @Exposed func big(_ context: FunctionContext, length: Int) -> String {
            String(decoding: [UInt8](repeating: 97, count: length), as: UTF8.self)
        }

        @Exposed func says(_ context: FunctionContext, text: String) -> Int {
            context.logger.info("logged")
            print(text)
            return 1
        }
        """
    ]
}
