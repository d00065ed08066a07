import FoundationEssentials
import FunctionBuild
import Subprocess

/// Kills what an emulator started and left behind, once the emulator has ended, however that happened.
///
/// A shell in a session of its own waits for the end of a pipe from this process. Then it kills every process whose environment holds the
/// mark of this run: workers, also those that somebody has stopped and that cannot end by themselves, and what functions started, also
/// in sessions of their own. Their control groups are removed then.
final class LeftoverGuard: Sendable {
    /// The variable that marks processes as belonging to a run of the emulator.
    static let variable = "CLOUD_FUNCTIONS_RUN"

    private let task: Task<Void, Never>
    private let stopping: AsyncStream<Never>.Continuation

    // The mark is an argument, not in the shell's own environment. In case something is started meanwhile it looks again. The status of
    // grep tells nothing, as there are always processes that end meanwhile or belong to others.
    private static let script = """
        while read -r _; do :; done
        left=50
        while [ $left -gt 0 ]; do
            found=$(grep -lsaF "$1" /proc/[0-9]*/environ)
            [ -n "$found" ] || break
            for file in $found; do
                process=${file#/proc/}
                kill -KILL "${process%/environ}" 2>/dev/null
            done
            left=$((left - 1))
            sleep 0.05
        done
        left=50
        while [ -d "$2" ] && [ $left -gt 0 ]; do
            rmdir "$2"/[0-9]* "$2" 2>/dev/null
            left=$((left - 1))
            sleep 0.02
        done
        """

    /// A mark that no other run has, as a variable of the environment.
    static func newMark() -> [String: String] { [variable: UUID().uuidString] }

    /// - Parameters:
    ///   - mark: what the processes that are meant have in their environment.
    ///   - groups: the folder of their control groups, which need not be there.
    init(mark: [String: String], groups: String?) {
        let (stop, stopping) = AsyncStream.makeStream(of: Never.self)
        self.stopping = stopping
        let texts = mark.map { "\($0)=\($1)" } + [groups ?? ""]
        task = Task {
            var options = PlatformOptions()
            options.createSession = true
            _ = try? await Subprocess.run(
                .path(filePath("/bin/sh")), arguments: Arguments(["-c", Self.script, "sh"] + texts),
                workingDirectory: filePath("/"), platformOptions: options, input: .inputWriter, output: .discarded,
                error: .discarded
            ) { execution in
                for await _ in stop {}
                try? await execution.standardInputWriter.finish()
            }
        }
    }

    /// Kills what is left; returns when nothing is.
    func finish() async {
        stopping.finish()
        await task.value
    }
}
