import Documents
import Foundation
import Logging
import MongoClient
import Synchronization

/// A real MongoDB server for the tests of this process, empty at first.
final class MongoServer: Sendable {
    let port: Int
    private let process: Mutex<Process>
    private let folder: String
    /// The server ends when this pipe does, however the tests end.
    private let lifeline = Pipe()

    /// One for all tests that do not disturb it.
    static let shared = Result { try MongoServer() }

    struct NotThere: Error, CustomStringConvertible {
        let description: String
    }

    private static let program =
        ProcessInfo.processInfo.environment["MONGOD"]
        ?? URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: ".build/mongod/fiftyone/db/bin/mongod").path()

    private static let script = """
        "$@" </dev/null >/dev/null 2>&1 &
        server=$!
        signal=KILL
        while read -r word; do signal=$word; done
        # A shell that Foundation has started may wait for ever.
        [ "$signal" = KILL ] || { kill -"$signal" $server; sleep 2; }
        kill -KILL $server
        rm -rf "$FOLDER"
        """

    init(port: Int? = nil) throws {
        guard FileManager.default.isExecutableFile(atPath: Self.program) else {
            throw NotThere(
                description: "There is no mongod at \(Self.program): run Scripts/install-mongod .build/mongod")
        }
        self.port = try port ?? Self.freePort()
        folder = FileManager.default.temporaryDirectory.path() + "mongo-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = [
            "-c", Self.script, "sh", Self.program, "--bind_ip", "127.0.0.1", "--port", String(self.port),
            "--nounixsocket", "--dbpath", folder, "--wiredTigerCacheSizeGB", "0.25", "--setParameter",
            "diagnosticDataCollectionEnabled=false",
        ]
        process.environment = ["FOLDER": folder, "PATH": "/usr/bin:/bin"]
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

    /// Connection string of the server.
    var uri: String { "mongodb://127.0.0.1:\(port)/" }

    /// A client, once the server answers.
    func client() async throws -> MongoClient {
        let client = try MongoClient(uri: uri)
        let deadline = ContinuousClock.now + .seconds(30)
        while (try? await client.serverVersion()) == nil, ContinuousClock.now < deadline {}
        return client
    }

    /// The connection string, once the server answers.
    func ready() async throws -> String {
        _ = try await client()
        return uri
    }

    /// A collection of its own on the shared server.
    static func collection() async throws -> DocumentStore { try await namedCollection().store }

    /// A collection `documents` of its own on the shared server, and the name of its database.
    static func namedCollection() async throws -> (store: DocumentStore, database: String) {
        let database = newDatabase()
        let client = try await shared.get().client()
        return (DocumentStore(connection: client, database: database, collection: "documents"), database)
    }

    /// A name that no other test has.
    static func newDatabase() -> String { "test-\(UUID().uuidString)" }

    /// Waits until something holds, 30 seconds at most.
    static func poll(_ what: String, _ holds: () async throws -> Bool) async throws {
        let deadline = ContinuousClock.now + .seconds(30)
        while try await !holds() {
            guard .now < deadline else { throw NotThere(description: "It did not come about that \(what)") }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    private static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard isBound else { throw NotThere(description: "There is no free port") }
        return Int(in_port_t(bigEndian: address.sin_port))
    }
}
