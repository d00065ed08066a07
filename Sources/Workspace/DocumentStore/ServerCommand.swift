/// A MongoDB server of ours as it is started.
struct ServerCommand: Sendable, Equatable {
    /// The program and its arguments; it runs as long as the server does.
    let command: [String]
    /// The folder that it works in.
    let workingFolder: String
    /// What is run before it, as a shell command: removes what an earlier one of this workspace may have left.
    let prepare: String
    /// What ends it, as a shell command; `$server` is the program's process.
    let end: String
    /// What removes all that it leaves, as a shell command.
    let remove: String

    /// The image that containers run.
    static let image = "mongo:6.0.6-jammy"
    /// The label that tells whose a container is.
    static let label = "cloud-functions.workspace"

    /// What suits a store that is empty at each start: little memory and disk, journaled all the same.
    private static let flags = [
        "--wiredTigerCacheSizeGB", "0.25", "--wiredTigerEngineConfigString",
        "session_max=512,log=(file_max=1MB,prealloc=false)", "--setParameter", "diagnosticDataCollectionEnabled=false",
    ]

    /// A `mongod` that listens on 127.0.0.1 and keeps its files in a folder of its own, which it also works in.
    ///
    /// The folder that its folder is in goes too, unless another is in it.
    /// - Parameter isKept: whether the folder stays with what is in it.
    static func mongod(program: String, folder: String, port: Int, isKept: Bool) -> ServerCommand {
        let parent = String(folder.prefix(upTo: folder.lastIndex(of: "/") ?? folder.endIndex))
        return ServerCommand(
            command: [
                program, "--bind_ip", "127.0.0.1", "--port", String(port), "--nounixsocket", "--dbpath", folder,
            ] + flags,
            workingFolder: folder, prepare: ":", end: "kill -TERM $server",
            remove: isKept ? ":" : "rm -rf \(quoted(folder)); rmdir \(quoted(parent))")
    }

    /// A container whose MongoDB is reached through 127.0.0.1 only and keeps its files in memory, or in a volume of the workspace's.
    ///
    /// It is started detached, for only then does every engine say why it does not start; its log is followed, then it is waited for.
    /// - Parameters:
    ///   - engine: path of the `docker` or `podman` command.
    ///   - owner: what no other workspace has; containers with it are removed before.
    ///   - name: what no other container of the workspace has.
    ///   - volume: the volume that the files stay in; nil when they go.
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
        // By its name: by the label it would be one that was started meanwhile.
        let remove = "\(engine) rm --force --volumes \(name) >/dev/null 2>&1"
        // A server that is killed loses what it has not written yet.
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

    /// The text as one word of the shell's.
    private static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: #"'\''"#) + "'" }
}
