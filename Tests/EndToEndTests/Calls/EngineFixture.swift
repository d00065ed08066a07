import Engine
import EngineTestSupport
import Failures
import Foundation
import FunctionContracts
import Invocations
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import RunningProcesses
import Surfaces
import TestSupport
import Testing
import Values
import WorkerPool
import WorkerProtocol

/// An engine in this process with real workers, whose functions read and write streams, and a server in front of it.
struct EngineFixture: Sendable {
    let engine: Engine
    private let port: Int
    private let scratch: ScratchFolder

    /// Runs a body with the functions of the suite's workspace.
    static func run(_ body: @escaping @Sendable (EngineFixture) async throws -> Void) async throws {
        let worker = try await onOwnThread { [workspace = try SharedWorkspace.get()] in try startedWorker(of: workspace)
        }
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        defer { group.shutdownGracefully { _ in } }
        let scratch = try ScratchFolder(named: "streams")
        let engine = try await Engine(
            eventLoop: group.next(),
            settings: EngineSettings(
                limits: WorkerLimits(maximumWorkers: 1, callTimeout: patience), buildWait: patience),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, changeCount: { 0 })
        let launcher = WorkerLauncher(
            executable: worker.arguments[0], plugin: worker.arguments[1],
            functions: FunctionsFolder(worker.arguments[2]), crashFolder: scratch.path,
            environment: worker.environment)
        _ = try await engine.install(launcher, number: 1, covering: 0)
        do {
            try await EngineServer.run(engine, [Streams(folder: scratch.path)]) { port in
                try await body(EngineFixture(engine: engine, port: port, scratch: scratch))
            }
        } catch {
            try await engine.stop()
            throw error
        }
        try await engine.stop()
    }

    /// Connects to call a function.
    func client(_ function: String) throws -> RawClient {
        try RawClient("/streams/functions.streams.\(function)", port: port)
    }

    /// Writes a file that the functions look for.
    func write(_ name: String, _ text: String) {
        try? scratch.write(text, to: name)
    }

    /// The text that the functions have noted.
    var notes: String { scratch.read("notes") ?? "" }

    /// The most resident memory that a worker has had, in bytes.
    func workerMemory() throws -> Int {
        let workers = Self.workers(of: getpid())
        let status = try workers.map { try String(contentsOfFile: "/proc/\($0)/status", encoding: .utf8) }
        let peaks = status.flatMap { $0.split(separator: "\n") }.filter { $0.hasPrefix("VmHWM:") }
            .compactMap { line in Int(line.filter { $0.isNumber }) }
        return try #require(peaks.max()) << 10
    }

    /// Requests below `/streams/`, whose bodies pass through as they are.
    private struct Streams: Surface {
        let folder: String

        func takes(_ request: Request) -> Bool { request.path.hasPrefix("/streams/") }

        func respond(to exchange: Exchange) throws(Failure) {
            let config = try? JSONValue.object(["folder": .string(folder)]).jsonBytes()
            let invocation = Invocation(
                id: exchange.identify(), cause: .http,
                target: try FunctionName(String(exchange.request.path.dropFirst("/streams/".count))),
                body: NIOLoopBound(exchange.body, eventLoop: exchange.engine.eventLoop),
                context: ByteBuffer(string: #"{"company":{"publicId":"acme","name":"C"}}"#),
                overrides: .init(config: ByteBuffer(bytes: config ?? [])))
            exchange.run(invocation) { outcome in
                switch outcome.result {
                case .success(let body): exchange.send(Response(status: .ok, body: body), of: outcome)
                case .failure(let failure): exchange.send(failure, of: outcome)
                }
            }
        }
    }

    // MARK: - The functions

    static let other = "import CloudFunctions\n@Exposed func other(_ context: FunctionContext) -> Int { 1 }\n"

    /// Adds the functions to a workspace, unless they are there.
    ///
    /// - Returns: the command line and the environment of a worker that has them.
    private static func startedWorker(
        of workspace: RunningWorkspace
    ) throws -> (arguments: [String], environment: [String: String]) {
        let source = source(file: "\(workspace.folder)/functions/streams.swift")
        if workspace.read("functions/streams.swift") != source { try workspace.save("functions/streams.swift", source) }
        try poll("the functions are there") {
            try #require(!workspace.console.contains("streams.swift:"), "\(workspace.console)")
            return try workspace.get("/_/functions").body.contains("streams.echo")
        }
        return try poll("a worker has them") {
            guard let worker = workers(of: workspace.processIdentifier).first,
                let bytes = FileManager.default.contents(atPath: "/proc/\(worker)/environ"),
                let command = FileManager.default.contents(atPath: "/proc/\(worker)/cmdline")
            else { return nil }
            let arguments = command.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
            guard arguments.count == 3 else { return nil }
            let pairs = bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }.compactMap { text in
                text.firstIndex(of: "=").map { (String(text[..<$0]), String(text[text.index(after: $0)...])) }
            }
            return (arguments, Dictionary(pairs) { $1 })
        }
    }

    /// Returns the ids of the workers that a process has started.
    private static func workers(of parent: pid_t) -> [pid_t] {
        RunningProcess.all.map(\.id).filter { id in
            guard let status = try? String(contentsOfFile: "/proc/\(id)/status", encoding: .utf8) else { return false }
            let lines = status.split(separator: "\n")
            return lines.contains("Name:\tFunctionWorker") && lines.contains("PPid:\t\(parent)")
        }
    }

    private static func source(file: String) -> String {
        let functions = [
            "echo": """
            do {
                while let piece = try await streams.next() { try await streams.write(piece) }
            } catch {
                call.note("\\(error)")
                throw error
            }
            """,
            "waits": """
            var count = try await streams.next()?.count ?? 0
            try await call.waitForGo()
            while let piece = try await streams.next() { count += piece.count }
            try await streams.write(Array("\\(count)".utf8))
            """,
            "writes": """
            for _ in 0..<28 {
                try await streams.write([UInt8](repeating: 0x78, count: 1 << 20))
                call.note("x")
            }
            """,
            "begins": """
            try await streams.write(Array("first".utf8))
            try await call.waitForGo()
            try await streams.write(Array("last".utf8))
            """,
            "throws": "try await streams.write(Array(\"first\".utf8))\nthrow Broken()",
            "operates": """
            _ = try? await call.context.apiClient.get("MyUser")
            _ = try? await call.context.documentStore?.insertOne(["a": 1])
            _ = try? await call.context.documentStore?.find().all()
            try await streams.write(Array("done".utf8))
            """,
            "crashes": "try await streams.write(Array(\"first\".utf8))\nfatalError()",
            "ignores": "try await streams.write(Array(\"ignored\".utf8))",
            "leavesATask": """
            Task {
                do {
                    while true { try await streams.write([0x78]) }
                } catch {
                    call.note("\\(error)")
                }
            }
            try await streams.write(Array("left".utf8))
            """,
            "readsOne": "_ = try await streams.next()\ntry await streams.write(Array(\"read\".utf8))",
            "counts": """
            var count = 0
            while let piece = try await streams.next() { count += piece.count }
            try await streams.write(Array("\\(count)".utf8))
            """,
        ]
        let records = functions.sorted { $0.key < $1.key }.map { name, body in
            """
            @used @section("cloud_functions") @available(*, deprecated)
            private nonisolated let __exposed_\(name): @convention(c) (UnsafeMutableRawPointer) -> Void = {
                unsafe __exposeStreaming(
                    $0, #"{"name":"\(name)","file":"\(file)","line":1,"parameters":[]}"#
                ) { call, streams in
            \(body)
                }
            }
            """
        }
        return """
            import CloudFunctions
            import Foundation

            struct Broken: Error {}

            extension __FunctionCall {
                func path(_ name: String) -> String { "\\(context.config["folder"]?.string ?? "")/\\(name)" }

                func note(_ text: String) {
                    guard let file = fopen(path("notes"), "a") else { return }
                    fputs(text, file)
                    fclose(file)
                }

                func waitForGo() async throws {
                    while access(path("go"), F_OK) != 0 { try await Task.sleep(for: .milliseconds(5)) }
                }
            }

            \(records.joined(separator: "\n\n"))

            """
    }
}
