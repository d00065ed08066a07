/// The commands that start, end and remove a MongoDB server.
struct ServerCommand: Sendable, Equatable {
    /// The program and its arguments; the program runs as long as the server does.
    let command: [String]
    /// The working folder of the program.
    let workingFolder: String
    /// The shell command that runs before the program: it removes what an earlier server of this workspace may have
    /// left.
    let prepare: String
    /// The shell command that ends the program; `$server` is the program's process.
    let end: String
    /// The shell command that removes everything the server leaves behind.
    let remove: String

    /// The image that containers run.
    static let image = "mongo:6.0.6-jammy"
    /// The label that identifies the workspace of a container.
    static let label = "cloud-functions.workspace"

    /// The flags for a store that is empty at each start: they save memory and disk space, and keep the journal.
    private static let flags = [
        "--wiredTigerCacheSizeGB", "0.25", "--wiredTigerEngineConfigString",
        "session_max=512,log=(file_max=1MB,prealloc=false)", "--setParameter", "diagnosticDataCollectionEnabled=false",
    ]

    /// Returns the command of a `mongod` that listens on 127.0.0.1 and keeps its files in a folder of its own, which
    /// is also its working folder.
    ///
    /// If the folder is not kept, its parent folder is removed as well, unless another folder is in it.
    ///
    /// - Parameter isKept: whether the folder and its files are kept.
    static func mongod(program: String, folder: String, port: Int, isKept: Bool) -> ServerCommand {
        let parent = String(folder.prefix(upTo: folder.lastIndex(of: "/") ?? folder.endIndex))
        return ServerCommand(
            command: [
                program, "--bind_ip", "127.0.0.1", "--port", String(port), "--nounixsocket", "--dbpath", folder,
            ] + flags,
            workingFolder: folder, prepare: ":", end: "kill -TERM $server",
            remove: isKept ? ":" : "rm -rf \(quoted(folder)); rmdir \(quoted(parent))")
    }

    /// Returns the command of a container whose MongoDB can be reached only through 127.0.0.1.
    ///
    /// The server keeps its files in memory, or in a volume of the workspace. The container is started detached,
    /// because only then does every engine report why it does not start; the command then follows its log and waits
    /// for its end.
    ///
    /// - Parameters:
    ///   - engine: the path of the `docker` or `podman` command.
    ///   - owner: a label value that no other workspace has; existing containers with it are removed first.
    ///   - name: a name that no other container of the workspace has.
    ///   - volume: the volume that keeps the files, or nil if they are not kept.
    static func container(engine: String, owner: String, name: String, port: Int, volume: String?) -> ServerCommand {
        let engine = quoted(engine)
        let files = volume.map { "--volume \(quoted($0)):/data/db" } ?? "--tmpfs /data/db"
        let name = "cloud-functions-\(owner)-\(name)"
        let run =
            [
                engine, "run --detach --pull never --name", name, "--label \(label)=\(owner)",
                "--publish 127.0.0.1:\(port):27017", files, "--tmpfs /data/configdb", image,
            ] + flags.map(quoted)
        let prepare = """
            ids=$(\(engine) ps --all --quiet --filter label=\(label)=\(owner) 2>/dev/null) && [ -n "$ids" ] && \
            \(engine) rm --force --volumes $ids >/dev/null 2>&1
            """
        // The container is removed by its name, because the label may match one that was started in the meantime.
        let remove = "\(engine) rm --force --volumes \(name) >/dev/null 2>&1"
        // A server that is killed loses the data that it has not written yet.
        let end = volume != nil ? "\(engine) stop --time 4 \(name) >/dev/null 2>&1; \(remove)" : remove
        return ServerCommand(
            command: [
                "/bin/sh", "-c",
                """
                \(run.joined(separator: " ")) >/dev/null || exit
                \(engine) logs --follow \(name)
                status=$(\(engine) wait \(name) 2>/dev/null) && exit "$status"
                """,
            ],
            workingFolder: "/", prepare: prepare, end: end, remove: remove)
    }

    /// Returns the text quoted as one word of a shell command.
    private static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: #"'\''"#) + "'" }
}
