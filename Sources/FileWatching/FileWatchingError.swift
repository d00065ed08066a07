import Glibc

/// An error that says why files cannot be watched.
package struct FileWatchingError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kinds of failures, which are stable so that programs can distinguish them.
    package enum Code: String, Sendable {
        /// The user's inotify watches are used up; one is needed for each folder.
        case watchLimit
        /// The user's inotify instances, or the process's descriptors, are used up.
        case instanceLimit
        /// Another system call failed.
        case system
    }

    /// The kind of failure.
    package let code: Code

    /// A description of the failure, one sentence without a period.
    package let message: String

    /// The remedy, if one is known.
    package let remedy: String?

    /// The `errno` of the system call.
    package let systemError: Int32

    /// The description of the failure and its remedy, on one line.
    package var description: String { remedy.map { "\(message). \($0)" } ?? message }

    /// Returns the error for a folder that `inotify_add_watch(2)` cannot watch.
    static func watching(_ folder: String, systemError: Int32) -> Self {
        guard systemError == ENOSPC else { return system("inotify_add_watch", path: folder, systemError: systemError) }
        return Self(
            code: .watchLimit,
            message: "No inotify watch is left for the folder \(folder): "
                + "all \(limit("max_user_watches")) of this user are taken (fs.inotify.max_user_watches)",
            remedy: "Raise the limit: sudo sysctl fs.inotify.max_user_watches=524288",
            systemError: systemError)
    }

    /// Returns the error for a failure of `inotify_init1(2)`.
    static func starting(systemError: Int32) -> Self {
        guard systemError == EMFILE else { return system("inotify_init1", path: nil, systemError: systemError) }
        return Self(
            code: .instanceLimit,
            message: "No inotify instance is left: all \(limit("max_user_instances")) of this user are taken "
                + "(fs.inotify.max_user_instances), or this process has too many files open",
            remedy: "Raise the limit: sudo sysctl fs.inotify.max_user_instances=1024; for open files: ulimit -n",
            systemError: systemError)
    }

    /// Returns the error for a failure of another system call.
    static func system(_ call: String, path: String?, systemError: Int32) -> Self {
        let place = path.map { " for \($0)" } ?? ""
        return Self(
            code: .system, message: "\(call) failed\(place): \(unsafe String(cString: strerror(systemError)))",
            remedy: nil, systemError: systemError)
    }

    /// Returns the limit's value as the kernel reports it, or `?` if it does not.
    private static func limit(_ name: String) -> String {
        let text = TextFile.read("/proc/sys/fs/inotify/\(name)") ?? ""
        return text.split(whereSeparator: \.isWhitespace).first.map(String.init) ?? "?"
    }
}
