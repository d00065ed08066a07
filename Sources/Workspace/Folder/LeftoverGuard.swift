import FoundationEssentials
import FunctionBuild
import Subprocess

/// A guard that kills the processes that an emulator has started and left behind, once the emulator has ended for any
/// reason.
///
/// A shell in a session of its own waits for the end of a pipe from this process. Then it kills every process whose
/// environment holds the mark of this run: workers, including stopped ones that cannot end by themselves, and the
/// processes that functions have started, including those in sessions of their own. It then removes their control
/// groups.
final class LeftoverGuard: Sendable {
    /// The variable that marks processes as belonging to a run of the emulator.
    static let variable = "CLOUD_FUNCTIONS_RUN"

    private let task: Task<Void, Never>
    private let stopping: AsyncStream<Never>.Continuation

    // The mark is an argument, so that it is not in the shell's own environment. The shell looks repeatedly, in case
    // processes are started in the meantime. The exit status of grep is not used, because some processes always end
    // in the meantime or belong to other users.
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

    /// Returns the mark as it appears in an environment.
    static func text(_ mark: [String: String]) -> String { mark.map { "\($0)=\($1)" }.joined() }

    /// Returns a mark that no other run has, as a variable of the environment.
    static func newMark() -> [String: String] { [variable: UUID().uuidString] }

    /// - Parameters:
    ///   - mark: the variable in the environment of the processes to kill.
    ///   - groups: the folder of their control groups, which need not exist.
    ///   - secret: a file that is removed if it holds the mark, so that nobody finds it later.
    init(mark: [String: String], groups: String?, secret: String) {
        let (stop, stopping) = AsyncStream.makeStream(of: Never.self)
        self.stopping = stopping
        // The shell runs in the file's folder and gets only the file's name. With a whole path among its arguments,
        // it would be taken for a process that works for the workspace.
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

    /// Kills the remaining processes, and returns when none is left.
    func finish() async {
        stopping.finish()
        await task.value
    }
}

extension String {
    /// The folder and the name in a path.
    fileprivate var splitAtLastSlash: (folder: String, name: String) {
        let slash = lastIndex(of: "/") ?? startIndex
        return (String(self[..<slash]), String(self[slash...].dropFirst()))
    }
}
