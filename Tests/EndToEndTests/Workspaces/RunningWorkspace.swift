import Foundation
import Synchronization
import TestSupport
import Testing
import Values

/// A scratch workspace on which `workspace run` is running, as a user would have it.
final class RunningWorkspace: Sendable {
    private let scratch: ScratchWorkspace
    let port: Int
    private let process: Mutex<Process>
    private let output: Output

    /// The workspace's root.
    var folder: String { scratch.folder }

    /// The emulator's output so far.
    var console: String { output.text }
    let processIdentifier: Int32

    static let executable = inPackage(".build/debug/workspace")

    /// Copies the emulator.
    ///
    /// Another process does it: a descriptor that this one writes with is inherited by the programs that other tests
    /// start at that moment, and the system runs no program that somebody may write to.
    static func copyExecutable(to path: String) throws {
        let copying = try Process.run(URL(filePath: "/bin/cp"), arguments: [executable, path])
        copying.waitUntilExit()
        try #require(copying.terminationStatus == 0)
    }

    /// Writes a workspace and starts the emulator on a free port.
    ///
    /// - Parameter files: the contents by path relative to the workspace, such as `functions/a.swift`.
    convenience init(
        _ files: [String: String], flags: [String] = [], environment: [String: String] = [:],
        named name: String = "workspace"
    ) throws {
        try self.init(on: ScratchWorkspace(files, named: name), flags: flags, environment: environment)
    }

    /// Starts the emulator on an existing workspace.
    ///
    /// - Parameters:
    ///   - environment: variables in addition to those of this process; without a document store unless they set one.
    ///   - executable: the emulator; by default that of this package.
    init(
        on scratch: ScratchWorkspace, flags: [String] = [], environment: [String: String] = [:],
        executable: String = RunningWorkspace.executable
    ) throws {
        self.scratch = scratch
        let process = Process()
        process.executableURL = URL(filePath: executable)
        process.arguments = ["run", "--port", "0", "--functions", scratch.functions] + flags
        let output = try Output()
        process.standardOutput = output.writer
        process.standardError = output.writer
        process.environment = ProcessInfo.processInfo.environment.merging(
            // A build takes long on a busy machine.
            ["DOCUMENT_STORE": "none", "BUILD_WAIT_MS": "\(Int(patience / .milliseconds(1)))"]
        ) { $1 }
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

    /// An error for a worker that is out of date: run `make test`.
    struct WorkerNotPrepared: Error {}

    struct StartFailed: Error {
        let output: String
    }

    /// Writes a file of the workspace in place.
    func save(_ path: String, _ text: String) throws {
        try scratch.write(text, to: path)
    }

    /// Calls a function by its path.
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

    /// Waits until the first build is over, and returns the emulator's health.
    @discardableResult
    func waitUntilBuilt() throws -> JSONValue {
        try poll("the first build is over") {
            // The tests hold SwiftPM's lock, so the emulator would wait for them to end.
            if console.contains("Another swift command") { throw WorkerNotPrepared() }
            let health = try self.get("/_/health").json
            return health["status"] == "building" ? .none : .some(health)
        }
    }

    /// Waits until the emulator has printed a text, which it does independently of its answers.
    func prints(_ text: String) throws {
        do {
            try poll("'\(text)' is printed") { console.contains(text) }
        } catch is TimedOut {
            throw TimedOut(what: "'\(text)' is printed; this is: \(console)")
        }
    }

    /// Waits until a function has begun. The function must first write a file of its name.
    func waitForCall(_ name: String) throws {
        try poll("\(name) has begun") { read(name) != nil }
    }

    /// Returns the contents of a file of the workspace, or nil when it does not exist or is still empty.
    func read(_ path: String) -> String? { scratch.read(path) }

    /// Sends a signal and waits for the emulator to end.
    ///
    /// - Returns: the exit status, or the negative number of the signal that ended it.
    @discardableResult
    func stop(_ signal: Int32) -> Int32 {
        process.withLock { process in
            if process.isRunning { kill(process.processIdentifier, signal) }
            process.waitUntilExit()
            return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
        }
    }

    /// The processes that the emulator started, found by the folder that their command lines name.
    var workers: [Int32] { Self.processes(naming: "\(folder)/.workspace") }

    static func processes(naming text: String) -> [Int32] {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return entries.compactMap { Int32($0) }.filter { pid in
            let line = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline") ?? Data()
            return String(decoding: line, as: UTF8.self).contains(text)
        }
    }
}

/// The output of a process, which goes to a file because Foundation's handlers of pipes may outlive their
/// descriptors.
private final class Output: Sendable {
    private struct State {
        let reader: FileHandle
        var bytes = Data()
    }

    private let scratch: ScratchFolder
    private let state: Mutex<State>
    /// The file handle that the process writes to.
    let writer: FileHandle

    init() throws {
        scratch = try ScratchFolder(named: "output")
        try scratch.write("", to: "text")
        let file = URL(filePath: scratch("text"))
        writer = try FileHandle(forWritingTo: file)
        state = Mutex(State(reader: try FileHandle(forReadingFrom: file)))
    }

    var text: String {
        state.withLock { state in
            if let more = try? state.reader.readToEnd() { state.bytes += more }
            return String(decoding: state.bytes, as: UTF8.self)
        }
    }

    func wait(for matches: (String) -> Bool, process: Process) -> String? {
        try? poll("it says where it listens") {
            if let line = text.split(separator: "\n").map(String.init).first(where: matches) { return .some(line) }
            if !process.isRunning { throw TimedOut(what: "it says where it listens: it ended") }
            return nil
        }
    }
}
