import Glibc

/// The processes of one session, whatever their process groups and parents.
///
/// The compiler's driver gives each of its frontends a process group of its own, and they outlive it when it is killed; the
/// session is what they keep in common.
struct ProcessSession: Sendable {
    /// The session's id, which is the process id of its first process.
    var id: pid_t

    /// The processes of the session that have not ended.
    var members: [pid_t] { RunningProcess.all.filter { $0.session == id }.map(\.id) }

    /// Kills every process of the session and returns once none is left.
    func end() async { await Self.end { $0.session == id } }

    /// Kills every compiler and linker that works in the folder and returns once none is left.
    ///
    /// This finds what a build left behind whose parent was killed, when nobody knows its session any more.
    static func endTools(workingIn folder: String) async { await end { $0.isBuildTool && $0.works(in: folder) } }

    private static func end(where isMeant: @escaping @Sendable (RunningProcess) -> Bool) async {
        // In a task of its own: this must come to its end although the caller's task is cancelled.
        await Task {
            for attempt in 0..<500 {
                let left = RunningProcess.all.filter { $0.id != getpid() && isMeant($0) }
                if left.isEmpty { return }
                for process in left { kill(process.id, SIGKILL) }
                try? await Task.sleep(for: .milliseconds(attempt < 20 ? 1 : 10))
            }
        }.value
    }
}
