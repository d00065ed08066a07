import Foundation
import Synchronization
import Testing
import Values

/// A scratch workspace with `workspace run` on it, as a user would have it.
final class RunningWorkspace: Sendable {
    private let scratch: ScratchWorkspace
    let port: Int
    private let process: Mutex<Process>
    private let output: Output

    /// The workspace's root.
    var folder: String { scratch.folder }

    /// What the emulator printed so far.
    var console: String { output.text }
    let processIdentifier: Int32

    /// The package's root, found from this file.
    static let packageRoot = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path()

    static var executable: String { "\(packageRoot).build/debug/workspace" }

    /// Writes a workspace and starts the emulator on a free port.
    ///
    /// - Parameter files: contents by path relative to the workspace, as in `functions/a.swift`.
    convenience init(
        _ files: [String: String], flags: [String] = [], environment: [String: String] = [:],
        named name: String = "workspace"
    ) throws {
        try self.init(on: ScratchWorkspace(files, named: name), flags: flags, environment: environment)
    }

    /// Starts the emulator on a workspace that is there already.
    ///
    /// - Parameters:
    ///   - environment: variables beside those of this process; no document store unless they say otherwise.
    ///   - executable: the emulator; by default that of this package.
    init(
        on scratch: ScratchWorkspace, flags: [String] = [], environment: [String: String] = [:],
        executable: String = RunningWorkspace.executable
    ) throws {
        self.scratch = scratch
        let process = Process()
        process.executableURL = URL(filePath: executable)
        process.arguments = ["run", "--port", "0", "--functions", scratch.functions] + flags
        let output = Output()
        process.standardOutput = output.pipe
        process.standardError = output.pipe
        process.environment = ProcessInfo.processInfo.environment.merging(["DOCUMENT_STORE": "none"]) { $1 }
            .merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        try process.run()
        self.output = output
        processIdentifier = process.processIdentifier
        guard let line = output.wait(for: { $0.hasPrefix("Listening on ") }, process: process),
            let port = line.split(separator: " ")[2].split(separator: ":").last.flatMap({ Int($0) })
        else {
            process.terminate()
            throw StartFailed(output: output.text)
        }
        self.port = port
        self.process = Mutex(process)
    }

    deinit {
        stop(SIGKILL)
    }

    /// The worker is out of date: run Scripts/build-tests before the tests.
    struct WorkerNotPrepared: Error {}

    struct StartFailed: Error {
        let output: String
    }

    /// Writes a file of the workspace, in place.
    func save(_ path: String, _ text: String) throws {
        try scratch.write(text, to: path)
    }

    /// Calls a function over the curl surface.
    func call(_ name: String, _ arguments: String = "", headers: [(String, String)] = []) throws -> HTTPExchange.Answer
    {
        try HTTPExchange.send("POST", "/functions.\(name)", port: port, headers: headers, body: arguments)
    }

    /// Sends a `POST /`.
    func post(_ body: String, headers: [(String, String)] = [("Content-Type", "application/json")]) throws
        -> HTTPExchange.Answer
    {
        try HTTPExchange.send("POST", "/", port: port, headers: headers, body: body)
    }

    func get(_ path: String, headers: [(String, String)] = []) throws -> HTTPExchange.Answer {
        try HTTPExchange.send("GET", path, port: port, headers: headers)
    }

    /// Waits until the first build is over.
    @discardableResult
    func waitUntilBuilt() throws -> JSONValue {
        try poll("the first build is over") {
            // The tests hold SwiftPM's lock: the emulator would wait for their end.
            if console.contains("Another swift command") { throw WorkerNotPrepared() }
            let health = try self.get("/_/health").json
            return health["status"] == "building" ? .none : .some(health)
        }
    }

    /// Waits until a function has begun: one that writes a file of its name does so first.
    func waitForCall(_ name: String) throws {
        try poll("\(name) has begun") { read(name) == nil ? nil : true }
    }

    /// The contents of a file of the workspace; nil when it is not there or still empty.
    func read(_ path: String) -> String? {
        guard let data = FileManager.default.contents(atPath: "\(folder)/\(path)"), !data.isEmpty else { return nil }
        return String(decoding: data, as: UTF8.self)
    }

    /// Sends a signal and waits for the end.
    ///
    /// - Returns: the exit status, or minus the signal that ended it.
    @discardableResult
    func stop(_ signal: Int32) -> Int32 {
        process.withLock { process in
            if process.isRunning { kill(process.processIdentifier, signal) }
            process.waitUntilExit()
            return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
        }
    }

    /// The processes that the emulator started, by the folder that their command lines name.
    var workers: [Int32] { Self.processes(naming: "\(folder)/.workspace") }

    static func processes(naming text: String) -> [Int32] {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return entries.compactMap { Int32($0) }.filter { pid in
            let line = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline") ?? Data()
            return String(decoding: line, as: UTF8.self).contains(text)
        }
    }
}

/// Asks again and again until there is an answer, for half a minute unless told otherwise.
@discardableResult
func poll<Value>(
    _ what: String, within time: Duration = .seconds(30), _ body: () throws -> Value?
) throws -> Value {
    let deadline = ContinuousClock.now + time
    while ContinuousClock.now < deadline {
        if let value = try body() { return value }
        usleep(5000)
    }
    throw TimedOut(what: what)
}

struct TimedOut: Error {
    let what: String
}

/// What a process prints, line by line.
private final class Output: Sendable {
    let pipe = Pipe()
    private let buffer = Mutex("")

    init() {
        pipe.fileHandleForReading.readabilityHandler = { [weak self] handle in
            let data = handle.availableData
            if data.isEmpty { handle.readabilityHandler = nil }
            self?.buffer.withLock { $0 += String(decoding: data, as: UTF8.self) }
        }
    }

    var text: String { buffer.withLock { $0 } }

    func wait(for matches: (String) -> Bool, process: Process) -> String? {
        try? poll("a line of output") {
            if let line = text.split(separator: "\n").map(String.init).first(where: matches) { return .some(line) }
            if !process.isRunning, text.isEmpty == false { throw TimedOut(what: "the process ended") }
            return nil
        }
    }
}
