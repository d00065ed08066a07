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
        grep -qsF "$1" "$3" && rm -f "$3"
        rm -f "$3.new"
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

    /// The mark as it stands in an environment.
    static func text(_ mark: [String: String]) -> String { mark.map { "\($0)=\($1)" }.joined() }

    /// A mark that no other run has, as a variable of the environment.
    static func newMark() -> [String: String] { [variable: UUID().uuidString] }

    /// - Parameters:
    ///   - mark: what the processes that are meant have in their environment.
    ///   - groups: the folder of their control groups, which need not be there.
    ///   - secret: a file that nobody may find later, if it holds the mark.
    init(mark: [String: String], groups: String?, secret: String) {
        let (stop, stopping) = AsyncStream.makeStream(of: Never.self)
        self.stopping = stopping
        // Its folder is the shell's, so that the shell is not taken for a process that works for the workspace by its arguments.
        let (folder, name) = secret.splitAtLastSlash
        let texts = [Self.text(mark), groups ?? "", name]
        task = Task {
            var options = PlatformOptions()
            options.createSession = true
            _ = try? await Subprocess.run(
                .path(filePath("/bin/sh")), arguments: Arguments(["-c", Self.script, "sh"] + texts),
                workingDirectory: filePath(folder), platformOptions: options, input: .inputWriter, output: .discarded,
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

extension String {
    /// The folder and the name that a path is made of.
    fileprivate var splitAtLastSlash: (folder: String, name: String) {
        let slash = lastIndex(of: "/") ?? startIndex
        return (String(self[..<slash]), String(self[slash...].dropFirst()))
    }
}
