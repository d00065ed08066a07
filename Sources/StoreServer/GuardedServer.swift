import SystemSupport
import FunctionBuild
import RunningProcesses
import Subprocess

/// A server process that cannot outlive this process, however this process ends.
///
/// A shell in a session of its own starts the server and waits; its standard input is a pipe from this process. When
/// the pipe closes, because of ``stop()`` or because this process was killed, the shell ends the server and removes
/// what it leaves behind. Because the server is the shell's own child, no other process can have taken over its
/// process identifier in the meantime.
final class GuardedServer: Sendable {
    /// The lines that the server prints. The stream ends with the server.
    let lines: AsyncStream<String>
    private let task: Task<ServerEnd, Never>
    private let stopping: AsyncStream<Never>.Continuation

    private static let script = """
        exec 3<&0 </dev/null
        prepare=$1 end=$2 remove=$3
        shift 3
        eval "$prepare"
        "$@" 3<&- &
        server=$!
        # What the shell says of a killed server goes to a pipe that nobody may read any more.
        exec >/dev/null 2>&1
        (
            while read -r _; do :; done <&3
            eval "$end"
            left=20
            while kill -0 $server 2>/dev/null && [ $left -gt 0 ]; do sleep 0.1; left=$((left - 1)); done
            kill -KILL $server 2>/dev/null
        ) &
        guard=$!
        exec 3<&-
        wait $server
        status=$?
        kill -KILL $guard 2>/dev/null
        eval "$remove"
        exit $status
        """

    /// The longest time that the shell may take to end the server before this process ends both.
    private static let patience = Duration.seconds(6)

    /// Creates a guarded server and starts it.
    init(_ server: ServerCommand) {
        let (lines, line) = AsyncStream.makeStream(of: String.self, bufferingPolicy: .bufferingNewest(1_000))
        let (stop, stopping) = AsyncStream.makeStream(of: Never.self)
        self.lines = lines
        self.stopping = stopping
        // An unstructured task, which is never cancelled: only the shell may end the server, or it would leave things
        // behind.
        task = Task {
            defer { line.finish() }
            do {
                let result = try await Subprocess.run(
                    .path(filePath("/bin/sh")),
                    arguments: Arguments(
                        ["-c", Self.script, "sh", server.prepare, server.end, server.remove] + server.command),
                    workingDirectory: filePath(server.workingFolder), platformOptions: Self.options,
                    input: .inputWriter, output: .sequence, error: .combinedWithOutput
                ) { execution in
                    let session = ProcessSession(id: execution.processIdentifier.value)
                    async let stopped: Void = {
                        for await _ in stop {}
                        try? await execution.standardInputWriter.finish()
                        await Self.end(session)
                    }()
                    var splitter = LineSplitter()
                    for try await buffer in execution.standardOutput {
                        let bytes = unsafe buffer.withUnsafeBytes { unsafe Array($0) }
                        for text in splitter.append(bytes) { line.yield(text) }
                    }
                    splitter.rest.map { _ = line.yield($0) }
                    stopping.finish()
                    await stopped
                }
                switch result.terminationStatus {
                case .exited(let status): return ServerEnd(status: status)
                case .signaled(let signal):
                    // Someone has killed the shell, so this process does the cleanup in its place.
                    await Self.clean(after: server)
                    return ServerEnd(status: 128 + signal)
                }
            } catch {
                line.yield("\(server.command.first ?? "") cannot be run: \(error)")
                return ServerEnd(status: 127)
            }
        }
    }

    /// The end of the server, available once nothing of it is left.
    var end: ServerEnd { get async { await task.value } }

    /// Ends the server, and returns when nothing of it is left.
    @discardableResult
    func stop() async -> ServerEnd {
        stopping.finish()
        return await task.value
    }

    private static var options: PlatformOptions {
        var options = PlatformOptions()
        options.createSession = true
        return options
    }

    /// Waits until the shell has ended, then kills what is left of its session, which is everything if someone has
    /// killed or stopped the shell.
    private static func end(_ session: ProcessSession) async {
        let deadline = ContinuousClock.now + patience
        while RunningProcess(id: session.id) != nil, ContinuousClock.now < deadline {
            guard (try? await Task.sleep(for: .milliseconds(10))) != nil else { break }
        }
        await session.end()
    }

    private static func clean(after server: ServerCommand) async {
        _ = try? await Subprocess.run(
            .path(filePath("/bin/sh")), arguments: ["-c", server.remove], platformOptions: options, input: .none,
            output: .discarded, error: .discarded)
    }
}
