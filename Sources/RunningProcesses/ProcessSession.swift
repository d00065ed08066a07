package import Glibc

/// The processes of one session, whatever their process groups and parents.
///
/// A child process may get a process group of its own, and then survives when its parent's group is killed. The
/// session is what they still have in common.
package struct ProcessSession: Sendable {
    /// The session's id, which is the process id of its first process.
    package var id: pid_t

    package init(id: pid_t) {
        self.id = id
    }

    /// The processes of the session that have not ended.
    package var members: [pid_t] { RunningProcess.all.filter { $0.session == id }.map(\.id) }

    /// Kills every process of the session and returns once none is left.
    package func end() async { await Self.end { $0.session == id } }

    /// Kills every process of the session except for the calling one, without waiting for their end.
    package func kill() {
        // A process that is started after the members were listed is found in the next round.
        for _ in 0..<10 {
            let others = members.filter { $0 != getpid() }
            if others.isEmpty { return }
            for other in others { _ = Glibc.kill(other, SIGKILL) }
        }
    }

    /// Kills every process that meets a condition, and returns once none is left.
    package static func end(where isMeant: @escaping @Sendable (RunningProcess) -> Bool) async {
        // This is a task of its own, because it must finish even if the caller's task is cancelled.
        await Task {
            for attempt in 0..<500 {
                let left = RunningProcess.all.filter { $0.id != getpid() && isMeant($0) }
                if left.isEmpty { return }
                for process in left { _ = Glibc.kill(process.id, SIGKILL) }
                try? await Task.sleep(for: .milliseconds(attempt < 20 ? 1 : 10))
            }
        }.value
    }
}
