import FunctionBuild
import Subprocess

/// A server process that cannot outlive this one, however that ends.
///
/// A shell in a session of its own starts the server and waits; its standard input is a pipe from this process. When the pipe closes, by
/// ``stop()`` or because this process was killed, the shell ends the server and removes what it leaves. As the server is the shell's own
/// child, no other process can have got its number meanwhile.
final class GuardedServer: Sendable {
    /// What the server prints, line by line; ends with it.
    let lines: AsyncStream<String>
    private let task: Task<Void, Never>
    private let stopping: AsyncStream<Never>.Continuation

    private static let script = """
        exec 3<&0 </dev/null
        prepare=$1 end=$2 remove=$3
        shift 3
        eval "$prepare"
        "$@" 3<&- &
        server=$!
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
        kill -KILL $guard 2>/dev/null
        eval "$remove"
        """

    /// Starts a server.
    init(_ server: ServerCommand) {
        let (lines, line) = AsyncStream.makeStream(of: String.self, bufferingPolicy: .bufferingNewest(1_000))
        let (stop, stopping) = AsyncStream.makeStream(of: Never.self)
        self.lines = lines
        self.stopping = stopping
        // Of no task that could be cancelled: only the shell may end the server, or it would leave things behind.
        task = Task {
            var options = PlatformOptions()
            options.createSession = true
            do {
                _ = try await Subprocess.run(
                    .path(filePath("/bin/sh")),
                    arguments: Arguments(
                        ["-c", Self.script, "sh", server.prepare, server.end, server.remove] + server.command),
                    platformOptions: options, input: .inputWriter, output: .sequence, error: .combinedWithOutput
                ) { execution in
                    async let stopped: Void = {
                        for await _ in stop {}
                        try? await execution.standardInputWriter.finish()
                    }()
                    var splitter = LineSplitter()
                    for try await buffer in execution.standardOutput {
                        let bytes = unsafe buffer.withUnsafeBytes { unsafe Array($0) }
                        for text in splitter.append(bytes) { line.yield(text) }
                    }
                    stopping.finish()
                    await stopped
                }
            } catch {
                line.yield("\(server.command.first ?? "") cannot be run: \(error)")
            }
            line.finish()
        }
    }

    /// Ends the server; returns when nothing of it is left.
    func stop() async {
        stopping.finish()
        await task.value
    }
}
