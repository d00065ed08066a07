package import Failures
import Glibc

/// The reason why files cannot be watched.
package enum FileWatchingError: Error, Equatable {
    /// The user's inotify watches are used up; one is needed for each folder.
    case noWatchLeft(folder: String)
    /// The user's inotify instances, or the process's descriptors, are used up.
    case noInstanceLeft
    /// Another system call failed, with this `errno`.
    case system(call: String, path: String?, errno: Int32)

    /// Returns the error for a folder that `inotify_add_watch(2)` cannot watch.
    static func watching(_ folder: String, systemError: Int32) -> Self {
        systemError == ENOSPC
            ? .noWatchLeft(folder: folder) : .system(call: "inotify_add_watch", path: folder, errno: systemError)
    }

    /// Returns the error for a failure of `inotify_init1(2)`.
    static func starting(systemError: Int32) -> Self {
        systemError == EMFILE ? .noInstanceLeft : .system(call: "inotify_init1", path: nil, errno: systemError)
    }

    /// Whether the user has no right to watch.
    var isDenial: Bool { if case .system(_, _, EACCES) = self { true } else { false } }

    /// The failure to watch, with the way to solve it.
    package var failure: Failure {
        switch self {
        case .noWatchLeft(let folder):
            Failure(
                .cannotRun,
                "No inotify watch is left for the folder \(folder): "
                    + "all \(Self.limit("max_user_watches")) of this user are taken (fs.inotify.max_user_watches)",
                remedy: "Raise the limit: sudo sysctl fs.inotify.max_user_watches=524288")
        case .noInstanceLeft:
            Failure(
                .cannotRun,
                "No inotify instance is left: all \(Self.limit("max_user_instances")) of this user are taken "
                    + "(fs.inotify.max_user_instances), or this process has too many files open",
                remedy: "Raise the limit: sudo sysctl fs.inotify.max_user_instances=1024; for open files: ulimit -n")
        case .system(let call, let path, let errno):
            Failure(
                .cannotRun,
                "\(call) failed\(path.map { " for \($0)" } ?? ""): \(unsafe String(cString: strerror(errno)))")
        }
    }

    /// Returns the limit's value as the kernel reports it, or `?` if it does not.
    private static func limit(_ name: String) -> String {
        let text = TextFile.read("/proc/sys/fs/inotify/\(name)") ?? ""
        return text.split(whereSeparator: \.isWhitespace).first.map(String.init) ?? "?"
    }
}
