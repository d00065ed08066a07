/// A MongoDB server of ours as it is started.
struct ServerCommand: Sendable, Equatable {
    let way: ServerWay
    /// The program and its arguments.
    let command: [String]
    /// What is run before it, as a shell command: removes what an earlier one of this workspace may have left.
    let prepare: String
    /// What ends it, as a shell command; `$server` is the program's process.
    let end: String
    /// What removes all that it leaves, as a shell command.
    let remove: String

    /// The image that containers run.
    static let image = "mongo:6.0.6-jammy"

    /// What suits a store that is empty at each start: little memory and disk, journaled all the same.
    private static let flags = [
        "--wiredTigerCacheSizeGB", "0.25", "--wiredTigerEngineConfigString",
        "session_max=512,log=(file_max=1MB,prealloc=false)", "--setParameter", "diagnosticDataCollectionEnabled=false",
    ]

    /// A `mongod` that listens on 127.0.0.1 and keeps its files in a folder of its own.
    static func mongod(program: String, folder: String, port: Int) -> ServerCommand {
        ServerCommand(
            way: .mongod,
            command: [
                program, "--bind_ip", "127.0.0.1", "--port", String(port), "--nounixsocket", "--dbpath", folder,
            ] + flags,
            prepare: ":", end: "kill -TERM $server", remove: "rm -rf \(quoted(folder))")
    }

    /// A container whose MongoDB is reached through 127.0.0.1 only.
    static func container(docker: String, name: String, port: Int) -> ServerCommand {
        let remove = "\(quoted(docker)) rm --force --volumes \(name) >/dev/null 2>&1"
        return ServerCommand(
            way: .container,
            command: [
                docker, "run", "--rm", "--name", name, "--publish", "127.0.0.1:\(port):27017", image,
            ] + flags,
            prepare: remove, end: remove, remove: remove)
    }

    /// The text as one word of the shell's.
    private static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: #"'\''"#) + "'" }
}
