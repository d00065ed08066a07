import Foundation
import TestSupport
import Testing
import Values

/// Tests of the limits of a call, which keep it from harming other calls.
@Suite(.supervised, .tags(.large))
struct LimitsTests {
    private func start(_ flags: [String] = []) throws -> RunningWorkspace {
        let workspace = try RunningWorkspace(LimitsFixture.files, flags: flags)
        try workspace.waitUntilBuilt()
        return workspace
    }

    @Test func callsRunAtTheSameTime() throws {
        let workspace = try start(["--workers-max", "10"])
        // No call ends before all have begun.
        let calls = (0..<10).map { number in
            BackgroundCall("limits.meets", #"{"number":\#(number),"all":10}"#, of: workspace)
        }
        for call in calls { #expect(try call.wait().status == 200) }
    }

    @Test func aFunctionMayHaveALimitOfItsOwn() throws {
        let workspace = try start()
        let answer = try workspace.call("limits.impatient")
        #expect(answer.status == 504)
        #expect(answer.error("code") == "function-timed-out")
        #expect(answer.error("message")?.string?.contains("0.3 seconds") == true, "\(answer.body)")
        #expect(answer.error("remedy")?.string?.contains("its own limit") == true)
        #expect(try workspace.call("limits.sleeps", #"{"seconds":0.5}"#).status == 200)
        let functions = try workspace.get("/_/functions").json["functions"]?.array ?? []
        let impatient = functions.first { $0["path"] == "functions.limits.impatient" }
        #expect(impatient?["timeoutMilliseconds"] == 300)
    }

    @Test func aCallThatUsesTooMuchMemoryIsEnded() throws {
        let workspace = try start(["--function-memory-mb", "300"])
        let slow = try workspace.call("limits.grows", #"{"megabytes":1000}"#)
        #expect(slow.status == 500)
        #expect(slow.error("code") == "memory-exceeded", "\(slow.body)")
        #expect(slow.error("message")?.string?.contains("its limit is 300 MB") == true, "\(slow.body)")
        #expect(slow.error("location")?["file"] == "functions/limits.swift")
        let own = try workspace.call("limits.frugal", #"{"megabytes":200}"#)
        #expect(own.error("message")?.string?.contains("its limit is 100 MB") == true, "\(own.body)")
        #expect(try workspace.call("limits.grows", #"{"megabytes":200}"#).json == 200)
    }

    @Test func aCallDoesNotEndForMemoryThatEarlierOnesLeft() throws {
        let workspace = try start(["--workers-max", "1", "--function-memory-mb", "1024"])
        let first = try workspace.call("limits.keeps", #"{"megabytes":200}"#)
        #expect(first.status == 200, "\(first.body)")
        #expect(try workspace.call("limits.frugal", #"{"megabytes":10}"#).json == 10)
        // This is near the limit of most functions, so the worker makes room for another.
        #expect(try workspace.call("limits.keeps", #"{"megabytes":800}"#).status == 200)
        #expect(try workspace.call("limits.grows", #"{"megabytes":300}"#).json == 300)
    }

    @Test func theLeastLimitIsEnoughForAFunctionThatNeedsNothing() throws {
        let workspace = try start(["--workers-max", "1"])
        #expect(try workspace.call("limits.tiny").json == "tiny")
        #expect(try workspace.call("limits.tinyThrows").error("location")?["file"] == "functions/limits.swift")
        #expect(try workspace.call("limits.keeps", #"{"megabytes":15}"#).status == 200)
        let answer = try workspace.call("limits.tiny")
        #expect(answer.json == "tiny", "\(answer.body)")
    }

    @Test func aResultHasALongestSize() throws {
        let workspace = try start()
        let answer = try workspace.call("limits.repeats", #"{"megabytes":70}"#)
        #expect(answer.error("code") == "invalid-result")
        #expect(answer.error("message")?.string?.contains("64 MB") == true)
        #expect(try workspace.call("limits.repeats", #"{"megabytes":12}"#).body.utf8.count == 12 << 20 + 2)
    }

    @Test func whatIsLoggedCountsAsPrinted() throws {
        let workspace = try start()
        #expect(try workspace.call("limits.logs", #"{"megabytes":15}"#).status == 200)
        try poll("it says that the rest is left out") {
            workspace.console.contains("the rest is left out") ? true : nil
        }
        #expect(workspace.console.utf8.count < 14 << 20)
    }

    @Test func aLoggerBelongsToItsCall() throws {
        let workspace = try start(["--workers-max", "1"])
        let earlier = try workspace.call("limits.logsLater").headers["ingress-activation-id"]
        #expect(try workspace.call("limits.sleeps", #"{"seconds":0.5}"#).status == 200)
        let line = try poll("the line is shown") {
            workspace.console.split(separator: "\n").first { $0.contains("said later") }
        }
        #expect(line.contains(try #require(earlier)))
        #expect(!line.contains("limits.sleeps"))
    }

    @Test func aCallThatClosesItsOutputTakesNobodyElses() throws {
        let workspace = try start(["--workers-max", "1"])
        #expect(try workspace.call("limits.closesOutput", #"{"path":"\#(workspace.folder)/taken"}"#).status == 200)
        #expect(try workspace.call("limits.says").status == 200)
        try poll("the line is on the console") { workspace.console.contains("where does it go") }
        #expect(workspace.read("taken") == nil)
    }

    @Test func aWorkerThatIsStoppedHoldsNoCall() throws {
        let workspace = try start(["--workers-max", "1", "--function-timeout-ms", "1000"])
        for worker in workspace.workers where worker != workspace.processIdentifier {
            kill(worker, SIGSTOP)
            // All of its threads: on a busy machine, one of them may still read before it stops.
            try poll("it is stopped") {
                try FileManager.default.contentsOfDirectory(atPath: "/proc/\(worker)/task").allSatisfy { thread in
                    try String(contentsOfFile: "/proc/\(worker)/task/\(thread)/stat", encoding: .utf8).contains(") T ")
                }
            }
        }
        let answer = try workspace.call("limits.sleeps", #"{"seconds":0}"#)
        #expect(answer.error("code") == "worker-unavailable", "\(answer.body)")
        #expect(try workspace.call("limits.sleeps", #"{"seconds":0}"#).status == 200)
    }

    @Test func aCallThatTakesMuchMemoryAtOnceIsRefusedIt() throws {
        let workspace = try start(["--function-memory-mb", "64"])
        let answer = try workspace.call("limits.grabs", #"{"megabytes":8000}"#)
        #expect(answer.error("code") == "memory-exceeded", "\(answer.body)")
        #expect(answer.error("message")?.string?.contains("its limit is 64 MB") == true, "\(answer.body)")
        #expect(try workspace.call("limits.sleeps", #"{"seconds":0}"#).status == 200)
    }

    @Test func workersAreTheFirstThatGoWhenMemoryIsShort() throws {
        let workspace = try start()
        #expect(try workspace.call("limits.score").json == "1000")
        let memory = try workspace.get("/_/health").json["memory"]
        let groups: [JSONValue] = ControlGroups.canBeHad ? ["cgroup"] : []
        #expect(memory?["limitMegabytes"] == 256)
        #expect(memory?["means"]?.array == ["watch", "rlimit-data", "oom-score"] + groups)
    }

    @Test func aFunctionThatCallsFunctionsDoesNotWaitForItself() throws {
        let workspace = try start(["--workers-max", "2"])
        let calls = (0..<2).map { _ in
            BackgroundCall("limits.calls", #"{"depth":1,"port":\#(workspace.port)}"#, of: workspace)
        }
        for call in calls { #expect(try call.wait().json == "bottom") }
        let tooDeep = try workspace.call("limits.calls", #"{"depth":9,"port":\#(workspace.port)}"#)
        #expect(tooDeep.json.string?.contains("queue-full") == true, "\(tooDeep.body)")
        #expect(try workspace.call("limits.sleeps", #"{"seconds":0}"#).status == 200)
    }

    @Test func aParentThatIsNoneIsNamed() throws {
        let workspace = try start()
        let answer = try workspace.call("limits.score", headers: [("Ingress-Parent-Activation-Id", "me")])
        #expect(answer.status == 400)
        #expect(answer.error("code") == "invalid-request")
        let over = ("Ingress-Parent-Activation-Id", String(repeating: "0", count: 32))
        #expect(try workspace.call("limits.score", headers: [over]).status == 200)
    }

    @Test func idleWorkersRetireButOne() throws {
        let workspace = try start(["--worker-idle-timeout-ms", "200", "--workers-max", "6"])
        // No call ends before all have begun, each in a worker of its own.
        let calls = (0..<6).map { number in
            BackgroundCall("limits.meets", #"{"number":\#(number),"all":6}"#, of: workspace)
        }
        for call in calls { #expect(try call.wait().status == 200) }
        let workers = { workspace.workers.filter { $0 != workspace.processIdentifier } }
        let left = try poll("all but one have retired") { workers().count == 1 ? workers().first : nil }
        // The remaining worker is ready for the next call.
        #expect(try workspace.call("limits.pid").json == .integer(Int64(left)))
    }

    @Test func aFullQueueAnswersAtOnceAndServesWhatWaits() throws {
        let workspace = try start(["--workers-max", "1", "--queue-max", "2"])
        let waiting = (0..<3).map { _ in BackgroundCall("limits.sleeps", #"{"seconds":2}"#, of: workspace) }
        try poll("two calls wait") {
            try workspace.get("/_/metrics").body.contains("ingress_queue_length 2\n") ? true : nil
        }
        let refused = try workspace.call("limits.sleeps", #"{"seconds":0}"#)
        #expect(refused.status == 503)
        #expect(refused.error("code") == "queue-full")
        #expect(refused.headers["retry-after"] == "1")
        for call in waiting { #expect(try call.wait().status == 200) }
        #expect(try workspace.call("limits.sleeps", #"{"seconds":0}"#).status == 200)
    }

    @Test func aCallWhoseCallerGoesAwayIsCancelled() throws {
        let workspace = try start()
        let path = "\(workspace.folder)/cancelled"
        let socket = try HTTPExchange.open(
            """
            POST /functions.limits.waits HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: \(path.utf8.count + 11)\r\n\r
            {"path":"\(path)"}
            """, port: workspace.port)
        try poll("the call runs") { workspace.read("cancelled") }
        close(socket)
        try poll("the function has noticed") { workspace.read("cancelled") == "cancelled" }
    }

    @Test func aFunctionThatPrintsVeryMuchHurtsNobody() throws {
        let workspace = try start()
        let residentBefore = try #require(Self.resident(workspace.processIdentifier))
        let call = BackgroundCall("limits.prints", #"{"megabytes":100}"#, of: workspace)
        for _ in 0..<20 { #expect(try workspace.call("limits.sleeps", #"{"seconds":0}"#).status == 200) }
        #expect(try call.wait().json == 100)
        let grown = try #require(Self.resident(workspace.processIdentifier)) - residentBefore
        #expect(grown < 40, "the emulator grew by \(grown) MB")
        try poll("it is said that some is left out") { workspace.console.contains("left out") }
        #expect(workspace.console.utf8.count < 40_000_000)
    }

    /// Returns the resident memory of a process, in megabytes.
    static func resident(_ process: Int32) -> Int? {
        let fields = (try? String(contentsOfFile: "/proc/\(process)/statm", encoding: .utf8))?.split(separator: " ")
        return fields.flatMap { $0.count > 1 ? Int($0[1]).map { $0 * 4096 >> 20 } : nil }
    }
}

/// Tests of many simultaneous calls to functions that misbehave, and of the state after them.
@Suite(.supervised, .tags(.large))
struct ChaosTests {
    @Test(arguments: [false, true])
    func everyCallIsAnsweredAsItDeserves(whileSaving: Bool) throws {
        let workspace = try RunningWorkspace(LimitsFixture.files, flags: ["--worker-idle-timeout-ms", "500"])
        try workspace.waitUntilBuilt()
        #expect(try workspace.call("limits.healthy", #"{"number":1}"#).json == 2)
        let before = try poll("only one worker is left") { try Self.descriptors(of: workspace) }
        let total = rounds(1_000, quick: 200), lanes = 16
        let lists = (0..<lanes).map { lane in
            BackgroundCalls(of: workspace, stride(from: lane, to: total, by: lanes).map(Self.call))
        }
        var saves = 0
        while whileSaving, lists.contains(where: { !$0.isDone }) {
            saves += 1
            try workspace.save("functions/other.swift", "struct Other { let number = \(saves) }\n")
            // The saved sources answer this call, so every build comes to its end.
            #expect(try workspace.call("limits.score").status == 200)
        }
        for (lane, list) in lists.enumerated() {
            for (index, answer) in zip(stride(from: lane, to: total, by: lanes), try list.wait()) {
                let expected = Self.expected(index)
                let found = answer.status == 200 ? answer.body : answer.error("code")?.string
                #expect(found == expected, "call \(index): \(answer.body)")
            }
        }
        let metrics = try poll("no worker is ending any more") {
            let metrics = try workspace.get("/_/metrics")
            return metrics.body.contains("ingress_workers{state=\"dying\"} 0") ? metrics : nil
        }
        #expect(metrics.headers["content-type"]?.hasPrefix("text/plain; version=0.0.4") == true)
        let lines = metrics.body.split(separator: "\n")
        let calls = "ingress_calls_total{function=\"functions.limits"
        #expect(lines.contains("\(calls).throws\",outcome=\"function-threw\"} \(total / 5)"))
        #expect(lines.contains("\(calls).healthy\",outcome=\"ok\"} \(total / 5 + 1)"))
        #expect(lines.contains("\(calls).hangs\",outcome=\"function-timed-out\"} \(total / 5)"))
        for reason in ["timeout", "crash", "exit"] {
            #expect(lines.contains("ingress_worker_ends_total{reason=\"\(reason)\"} \(total / 5)"), "\(metrics.body)")
        }
        #expect(lines.contains("ingress_queue_length 0"))
        try poll("one worker is left, and no descriptor more than before") {
            try Self.descriptors(of: workspace).map { $0 <= before } == true ? true : nil
        }
    }

    private static func call(_ index: Int) -> (String, String) {
        let name = ["healthy", "throws", "traps", "hangs", "exits"][index % 5]
        return ("limits.\(name)", #"{"number":\#(index)}"#)
    }

    private static func expected(_ index: Int) -> String {
        ["\(index + 1)", "function-threw", "function-crashed", "function-timed-out", "function-exited"][index % 5]
    }

    /// Returns the number of descriptors that the emulator has open, or nil unless it has exactly one worker.
    private static func descriptors(of workspace: RunningWorkspace) throws -> Int? {
        let workers = workspace.workers.filter { $0 != workspace.processIdentifier }
        guard workers.count == 1 else { return nil }
        return try FileManager.default.contentsOfDirectory(atPath: "/proc/\(workspace.processIdentifier)/fd").count
    }
}

enum LimitsFixture {
    static let files = [
        "functions/limits.swift": """
        import CloudFunctions
        import Foundation

        struct Failure: Error {}

        @Exposed func pid(_ context: FunctionContext) -> Int { Int(getpid()) }
        @Exposed func meets(_ context: FunctionContext, number: Int, all: Int) async throws {
            let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            try Data().write(to: folder.appending(path: "met-" + String(number)))
            while try FileManager.default.contentsOfDirectory(atPath: folder.path()).count(where: {
                $0.hasPrefix("met-")
            }) < all { try await Task.sleep(for: .milliseconds(5)) }
        }
        @Exposed func sleeps(_ context: FunctionContext, seconds: Double) async throws {
            try await Task.sleep(for: .seconds(seconds))
        }
        @Exposed(timeout: .milliseconds(300)) func impatient(_ context: FunctionContext) async throws {
            try await Task.sleep(for: .seconds(30))
        }
        func use(_ megabytes: Int, pause: useconds_t) -> Int {
            var blocks: [[UInt8]] = []
            for number in 0..<megabytes {
                blocks.append([UInt8](repeating: UInt8(number & 255), count: 1 << 20))
                usleep(pause)
            }
            return blocks.count
        }
        @Exposed func grows(_ context: FunctionContext, megabytes: Int) -> Int { use(megabytes, pause: 1_000) }
        @Exposed(memory: .megabytes(100))
        func frugal(_ context: FunctionContext, megabytes: Int) -> Int { use(megabytes, pause: 1_000) }
        @Exposed func grabs(_ context: FunctionContext, megabytes: Int) -> Int {
            let block = [UInt8](repeating: 1, count: megabytes << 20)
            return block.count >> 20
        }
        nonisolated(unsafe) var kept: [[UInt8]] = []
        @Exposed(memory: .megabytes(1000)) func keeps(_ context: FunctionContext, megabytes: Int) -> Int {
            for _ in 0..<megabytes { kept.append([UInt8](repeating: 1, count: 1 << 20)) }
            usleep(150_000)
            return kept.count
        }
        @Exposed(memory: .megabytes(32)) func tiny(_ context: FunctionContext) -> String {
            usleep(120_000)
            return "tiny"
        }
        @Exposed(memory: .megabytes(32)) func tinyThrows(_ context: FunctionContext) throws { throw Failure() }
        @Exposed func repeats(_ context: FunctionContext, megabytes: Int) -> String {
            String(repeating: "x", count: megabytes << 20)
        }
        @Exposed func logs(_ context: FunctionContext, megabytes: Int) {
            let kilobyte = String(repeating: "x", count: 1000)
            for _ in 0..<(megabytes * 1000) { context.logger.info("\\(kilobyte)") }
        }
        @Exposed func logsLater(_ context: FunctionContext) {
            Task.detached {
                try await Task.sleep(for: .milliseconds(200))
                context.logger.info("said later")
            }
        }
        @Exposed func closesOutput(_ context: FunctionContext, path: String) {
            close(1)
            _ = open(path, O_WRONLY | O_CREAT, 0o600)
        }
        @Exposed func says(_ context: FunctionContext) { print("where does it go") }
        @Exposed func score(_ context: FunctionContext) throws -> String {
            try String(contentsOfFile: "/proc/self/oom_score_adj", encoding: .utf8).filter(\\.isNumber)
        }
        @Exposed func calls(_ context: FunctionContext, depth: Int, port: Int) throws -> String {
            guard depth > 0 else { return "bottom" }
            let process = Process(), pipe = Pipe()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = ["curl", "-s", "http://127.0.0.1:\\(port)/functions.limits.calls"]
                + ["-d", #"{"depth":\\#(depth - 1),"port":\\#(port)}"#]
                + context.nestedCallHeaders.flatMap { ["-H", "\\($0): \\($1)"] }
            process.standardOutput = pipe
            try process.run()
            let answer = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            return (try? JSONValue(parsing: answer))?.string ?? answer
        }
        @Exposed func waits(_ context: FunctionContext, path: String) async throws {
            try "waiting".write(toFile: path, atomically: true, encoding: .utf8)
            while !Task.isCancelled { try? await Task.sleep(for: .seconds(30)) }
            try "cancelled".write(toFile: path, atomically: true, encoding: .utf8)
        }
        @Exposed func prints(_ context: FunctionContext, megabytes: Int) -> Int {
            let line = String(repeating: "x", count: 99)
            for _ in 0..<(megabytes * 10_000) { print(line) }
            return megabytes
        }
        @Exposed func healthy(_ context: FunctionContext, number: Int) -> Int { number + 1 }
        @Exposed("throws") func fails(_ context: FunctionContext) throws { throw Failure() }
        @Exposed func traps(_ context: FunctionContext, number: Int) -> Int { [0][number + 1] }
        @Exposed(timeout: .milliseconds(200)) func hangs(_ context: FunctionContext) { while true { sleep(1) } }
        @Exposed func exits(_ context: FunctionContext) { exit(3) }
        """
    ]
}
