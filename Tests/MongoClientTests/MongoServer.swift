import Documents
import Foundation
import Logging
import MongoClient
import Synchronization
import TestSupport

/// A real MongoDB server for the tests of this process; it is empty at first.
final class MongoServer: Sendable {
    let port: Int
    private let process: Mutex<Process>
    private let folder: ScratchFolder
    /// A pipe whose end also ends the server, no matter how the tests end.
    private let lifeline = Pipe()

    /// The server for all tests that do not disturb it.
    static let shared = Result { try MongoServer() }

    struct NotThere: Error, CustomStringConvertible {
        let description: String
    }

    private static let program =
        ProcessInfo.processInfo.environment["MONGOD"]
        ?? inPackage(".build/mongod/fiftyone/db/bin/mongod")

    private static let script = """
        "$@" </dev/null >/dev/null 2>&1 &
        server=$!
        signal=KILL
        while read -r word; do signal=$word; done
        kill -"$signal" $server
        # A shell that Foundation has started may wait for ever.
        left=200
        while [ $left -gt 0 ] && grep -qs '^State:.[^Z]' /proc/$server/status; do sleep 0.05; left=$((left - 1)); done
        kill -KILL $server
        rm -rf "$FOLDER"
        """

    init(port: Int? = nil) throws {
        guard FileManager.default.isExecutableFile(atPath: Self.program) else {
            throw NotThere(
                description: "There is no mongod at \(Self.program): run Scripts/install-mongod .build/mongod")
        }
        self.port = try port ?? HTTPExchange.freePort()
        folder = try ScratchFolder(named: "mongo")
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = [
            "-c", Self.script, "sh", Self.program, "--bind_ip", "127.0.0.1", "--port", String(self.port),
            "--nounixsocket", "--dbpath", folder.path, "--wiredTigerCacheSizeGB", "0.25", "--setParameter",
            "diagnosticDataCollectionEnabled=false",
        ]
        process.environment = ["FOLDER": folder.path, "PATH": "/usr/bin:/bin"]
        process.standardInput = lifeline
        try process.run()
        self.process = Mutex(process)
    }

    deinit { stop() }

    /// Ends the server and removes its files.
    func stop(_ signal: Int32 = SIGKILL) {
        try? lifeline.fileHandleForWriting.write(contentsOf: Data("\(signal)\n".utf8))
        try? lifeline.fileHandleForWriting.close()
        process.withLock { process in
            while process.isRunning { usleep(5_000) }
        }
    }

    /// The server's connection string.
    var uri: String { "mongodb://127.0.0.1:\(port)/" }

    /// Returns a client once the server responds.
    func client() async throws -> MongoClient {
        let client = try MongoClient(uri: uri)
        try await eventually("MongoDB answers") { (try? await client.serverVersion()) != nil }
        return client
    }

    /// Returns the connection string once the server responds.
    func ready() async throws -> String {
        _ = try await client()
        return uri
    }

    /// Returns a new collection on the shared server.
    static func collection() async throws -> DocumentStore { try await namedCollection().store }

    /// Returns a new collection `documents` on the shared server, and the name of its database.
    static func namedCollection() async throws -> (store: DocumentStore, database: String) {
        let database = newDatabase()
        let client = try await shared.get().client()
        return (DocumentStore(connection: client, database: database, collection: "documents"), database)
    }

    /// Returns a name that no other test has.
    static func newDatabase() -> String { "test-\(UUID().uuidString)" }

}
