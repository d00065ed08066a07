import Glibc
import TestSupport
import Testing
import Values

/// Tests of the events that consoles receive while functions change.
@Suite(.supervised, .tags(.large))
struct EventTests {
    private func source(_ body: String, more: String = "") -> String {
        "import CloudFunctions\n\n@Exposed func value(_ context: FunctionContext) -> String { \(body) }\n\(more)"
    }

    private func start(_ files: [String: String]? = nil) throws -> RunningWorkspace {
        let workspace = try RunningWorkspace(files ?? ["functions/a.swift": source("\"zero\"")])
        try workspace.waitUntilBuilt()
        return workspace
    }

    private func paths(_ event: EventStream.Event?) -> [String] {
        event?.data["functions"]?.array?.compactMap { $0["path"]?.string } ?? []
    }

    @Test func theFirstEventSaysWhatHolds() throws {
        let workspace = try start()
        let stream = try EventStream(port: workspace.port)
        #expect(stream.status == 200)
        #expect(stream.head.contains("Content-Type: text/event-stream"))
        #expect(stream.head.contains("Cache-Control: no-store"))
        let state = try stream.next()
        #expect(state?.name == "state")
        #expect(state?.data["status"] == "ok")
        #expect(state?.data["generation"] == 1)
        #expect(paths(state) == ["functions.a.value"])
        #expect(state?.data["failure"] == nil)
    }

    @Test func savesAreToldInTheirOrder() throws {
        let workspace = try start()
        let stream = try EventStream(port: workspace.port)
        _ = try stream.next()

        let added = "@Exposed func other(_ context: FunctionContext) -> Int { 1 }\n"
        try workspace.save("functions/a.swift", source("\"one\"", more: added))
        let reload = try stream.events(through: "reloaded")
        #expect(reload.dropLast().allSatisfy { $0.name == "build-started" } && reload.count >= 2)
        #expect(reload.last?.data["generation"] == 2)
        #expect(paths(reload.last) == ["functions.a.other", "functions.a.value"])

        try workspace.save("functions/a.swift", source("1"))
        let failure = try stream.events(through: "build-failed").last
        #expect(failure?.data["code"] == "build-failed")
        #expect(failure?.data["location"]?["file"] == "functions/a.swift")
        #expect(failure?.data["location"]?["line"] == 3)
        #expect(failure?.data["diagnostics"]?[0]?["sourceLine"] != nil)
        let late = try EventStream(port: workspace.port).next()
        #expect(late?.data["status"] == "build-failed")
        #expect(late?.data["failure"]?["location"]?["line"] == 3)

        try workspace.save("functions/a.swift", source("\"one\"", more: added))
        #expect(try stream.events(through: "reloaded").last?.data["generation"] == 2)
    }

    @Test func theConfigurationIsTold() throws {
        let workspace = try start()
        let stream = try EventStream(port: workspace.port)
        _ = try stream.next()
        try workspace.save("context_values.yaml", "k: 1\n")
        _ = try stream.events(through: "config-reloaded")
        try workspace.save("context_values.yaml", "k: [1\n")
        let failure = try stream.events(through: "config-failed").last
        #expect(failure?.data["code"] == "configuration-invalid")
        #expect(failure?.data["location"]?["file"] == "context_values.yaml")
        let late = try EventStream(port: workspace.port).next()
        #expect(late?.data["configurationFailure"]?["code"] == "configuration-invalid")
        try workspace.save("context_values.yaml", "k: 2\n")
        let mended = try stream.events(through: "config-reloaded")
        #expect(mended.map(\.id) == mended.map(\.id).sorted())
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func openStreamsDoNotHoldUpTheEnd(signal: Int32) throws {
        let workspace = try start()
        let streams = try (0..<3).map { _ in try EventStream(port: workspace.port) }
        for stream in streams { _ = try stream.next() }
        let start = ContinuousClock.now
        #expect(workspace.stop(signal) == 0)
        #expect(ContinuousClock.now - start < .seconds(9), "calls that do not end are given ten seconds")
        for stream in streams { #expect(try stream.next() == nil) }
    }

    @Test func thereIsAnEndToTheListenersAndOneWhoGoesMakesRoom() throws {
        let workspace = try start()
        var streams = try (0..<64).map { _ in try EventStream(port: workspace.port) }
        #expect(streams.allSatisfy { $0.status == 200 })
        let refused = try EventStream(port: workspace.port)
        #expect(refused.status == 503)
        #expect(refused.head.contains("Ingress-Error: queue-full"))
        streams.removeLast()
        let left = ContinuousClock.now
        try poll("there is room again") { try EventStream(port: workspace.port).status == 200 }
        #expect(ContinuousClock.now - left < .seconds(14), "a heartbeat would have told after 15 s")
        #expect(try workspace.get("/_/health").status == 200)
    }

    /// Returns a line that does not compile, and is so long that the system's buffers hold few events about it.
    private func longFailure(_ round: Int) -> String {
        "let broken: Int = \"\(round)\"  // \(String(repeating: "word ", count: 300_000))\n"
    }

    @Test func aListenerThatDoesNotReadIsLeftBehind() throws {
        let workspace = try start()
        let readers = try (0..<2).map { _ in try EventStream(port: workspace.port) }
        let stuck = try EventStream(port: workspace.port, receiveBuffer: 4096)
        let isLast = { (event: EventStream.Event?) in
            event?.data["diagnostics"]?[0]?["sourceLine"]?.string?.hasPrefix("let broken: Int = \"5\"") ?? false
        }
        for round in 1...5 {
            try workspace.save("functions/a.swift", longFailure(round))
            for reader in readers {
                let failure = try reader.events(through: "build-failed").last
                #expect(isLast(failure) == (round == 5))
            }
        }
        // It received what fits into the buffers; then its connection ended.
        var last: EventStream.Event?
        while !isLast(last), let event = try stuck.next() { last = event }
        #expect(!isLast(last))
        #expect(workspace.stop(SIGTERM) == 0)
    }

    @Test func aListenerThatDoesNotReadDoesNotHoldUpTheEnd() throws {
        let workspace = try start(["functions/a.swift": longFailure(0) + longFailure(1)])
        let stuck = try EventStream(port: workspace.port, receiveBuffer: 4096)
        #expect(stuck.status == 200)
        let start = ContinuousClock.now
        #expect(workspace.stop(SIGTERM) == 0)
        #expect(ContinuousClock.now - start < .seconds(9), "calls that do not end are given ten seconds")
    }

    @Test func theGuardHoldsForEventsToo() throws {
        let workspace = try start()
        let foreign = try EventStream(port: workspace.port, headers: [("Origin", "https://evil.example")])
        #expect(foreign.status == 403)
        #expect(!foreign.head.contains("Access-Control-Allow-Origin"))
        #expect(try EventStream(port: workspace.port, headers: [("Host", "evil.example")]).status == 403)
        let head = try HTTPExchange.send(
            "HEAD", "/_/events", port: workspace.port, headers: [("Origin", "http://localhost:4200")])
        #expect(head.status == 200)
        #expect(head.body.isEmpty)
        #expect(head.headers["content-type"] == "text/event-stream")
        #expect(head.headers["access-control-allow-origin"] == "http://localhost:4200")
    }
}
