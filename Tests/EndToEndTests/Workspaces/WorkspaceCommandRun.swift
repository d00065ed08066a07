import Foundation
import Glibc
import Synchronization
import TestSupport

/// A run of the `workspace` executable with some arguments.
final class WorkspaceCommandRun: Sendable {
    private let process: Mutex<Process>
    private let outputFile: String

    /// Starts the run.
    ///
    /// - Parameter program: the program to run; `workspace` by default.
    init(
        program: String = RunningWorkspace.executable, _ arguments: [String], currentFolder: String? = nil,
        environment: [String: String] = [:]
    ) throws {
        outputFile = FileManager.default.temporaryDirectory.path() + "workspace-output-\(UUID().uuidString)"
        guard FileManager.default.createFile(atPath: outputFile, contents: nil) else {
            throw TimedOut(what: outputFile)
        }
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        if let currentFolder { process.currentDirectoryURL = URL(filePath: currentFolder) }
        let handle = FileHandle(forWritingAtPath: outputFile)
        process.standardOutput = handle
        process.standardError = handle
        process.standardInput = FileHandle.nullDevice
        try process.run()
        self.process = Mutex(process)
    }

    deinit {
        stop(SIGKILL)
        try? FileManager.default.removeItem(atPath: outputFile)
    }

    /// The output so far.
    var output: String { String(decoding: FileManager.default.contents(atPath: outputFile) ?? Data(), as: UTF8.self) }

    func wait(for text: String) throws {
        do {
            try poll("'\(text)' is printed") { output.contains(text) }
        } catch is TimedOut {
            throw TimedOut(what: "'\(text)' is printed; this is: \(output)")
        }
    }

    /// Waits for the process to end.
    ///
    /// - Returns: the exit code.
    func exitCode() throws -> Int32 {
        do {
            return try poll("the command ends") { process.withLock { Self.status(of: $0) } }
        } catch is TimedOut {
            throw TimedOut(what: "the command ends; it printed: \(output)")
        }
    }

    /// Returns the exit status of a process, or nil while it runs.
    ///
    /// Asks the system, because `Process` considers a process to be running while another one, started in the
    /// meantime, holds the descriptor that it waits on.
    private static func status(of process: Process) -> Int32? {
        var info = siginfo_t()
        let isThere = waitid(P_PID, id_t(process.processIdentifier), &info, WEXITED | WNOHANG | WNOWAIT) == 0
        if isThere, info._sifields._sigchld.si_pid != 0 { return info._sifields._sigchld.si_status }
        return process.isRunning ? nil : process.terminationStatus
    }

    func send(_ signal: Int32) { process.withLock { _ = kill($0.processIdentifier, signal) } }

    func stop(_ signal: Int32) {
        process.withLock { process in
            if process.isRunning { kill(process.processIdentifier, signal) }
            process.waitUntilExit()
        }
    }
}
