import Documents
import Foundation
import MongoClient
import Synchronization
import TestSupport
import Testing
import Values

/// Tests of calls that specify where their documents are: a MongoDB over TLS, with user and password.
@Suite(.supervised, .tags(.large))
struct RequestedDatabaseTests {
    private static let files = [
        "functions/docs.swift": """
        import CloudFunctions

        @Exposed func insert(_ context: FunctionContext) async throws -> Int {
            let store = try context.require(\\.documentStore)
            try await store.insertOne(["a": 1])
            return try await store.countDocuments([:])
        }
        """
    ]

    private func call(_ server: SecureServer, password: String = "s3cret") -> String {
        #"""
        ,"context":{"company":{"publicId":"c","name":"C"}},"internalConfig":{"publicId":"mine","dbConfig":
        {"uri":"mongodb://127.0.0.1:\#(server.port)/?tlsCAFile=\#(server.certificate)",
        "username":"ada","password":"\#(password)"}}
        """#
    }

    @Test func inProductionTheyAreFoundThere() async throws {
        let server = try await SecureServer()
        let signer = Signer()
        let workspace = try RunningWorkspace(
            Self.files, environment: ["PRODUCTION_MODE": "true", "CBC_SIGNATURE_PUBLIC_KEYS": signer.pem])
        for count in 1...3 {
            let answer = try signer.post(Signer.body("docs.insert", call(server)), to: workspace)
            #expect(answer.json == .integer(Int64(count)), "\(answer.body)")
        }
        #expect(try await server.count("c", "mine") == 3)
        let wrong = try signer.post(Signer.body("docs.insert", call(server, password: "wr0ng")), to: workspace)
        #expect(wrong.status == 500)
        #expect(!wrong.body.contains("wr0ng") && !workspace.console.contains("wr0ng"), "\(wrong.body)")
    }

    @Test func inDevelopmentToo() async throws {
        let server = try await SecureServer()
        let workspace = try RunningWorkspace(Self.files)
        let answer = try workspace.post(Signer.body("docs.insert", call(server)))
        #expect(answer.json == 1, "\(answer.body)")
    }
}

/// A MongoDB server that accepts only TLS and has a user `ada`.
private final class SecureServer {
    let port: Int
    /// The file of the certificate with which the server's own is signed.
    let certificate: String
    private let folder: ScratchWorkspace
    private let process: Process
    /// A pipe whose end also ends the server, no matter how the tests end.
    private let lifeline = Pipe()
    private let client: MongoClient

    private static let program =
        ProcessInfo.processInfo.environment["MONGOD"]
        ?? inPackage(".build/mongod/fiftyone/db/bin/mongod")

    private static let script = """
        set -e
        cd "$FOLDER"
        openssl req -x509 -newkey rsa:2048 -nodes -days 2 -keyout key.pem -out certificate.pem -subj /CN=localhost \
            -addext subjectAltName=IP:127.0.0.1 2>/dev/null
        cat key.pem certificate.pem >server.pem
        mkdir data
        "$MONGOD" --bind_ip 127.0.0.1 --port "$PORT" --nounixsocket --dbpath data --wiredTigerCacheSizeGB 0.25 \
            --tlsMode requireTLS --tlsCertificateKeyFile server.pem </dev/null >log 2>&1 &
        server=$!
        cat >/dev/null
        kill -KILL $server
        """

    init() async throws {
        folder = try ScratchWorkspace([:], named: "mongo")
        certificate = "\(folder.folder)/certificate.pem"
        port = try HTTPExchange.freePort()
        process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", Self.script]
        process.environment = [
            "FOLDER": folder.folder, "PATH": "/usr/bin:/bin", "MONGOD": Self.program, "PORT": String(port),
        ]
        process.standardInput = lifeline
        try process.run()
        client = try MongoClient(uri: "mongodb://127.0.0.1:\(port)/?tls=true&tlsCAFile=\(certificate)")
        do {
            try await eventually("MongoDB answers over TLS") { (try? await client.serverVersion()) != nil }
        } catch is TimedOut {
            throw TimedOut(what: "MongoDB answers over TLS; its log: \(folder.read("log")?.suffix(500) ?? "")")
        }
        _ = try await client.perform(
            .change(["createUser": "ada", "pwd": "s3cret", "roles": [["role": "root", "db": "admin"]]]),
            on: DocumentNamespace(database: "admin", collection: ""))
    }

    deinit {
        try? lifeline.fileHandleForWriting.close()
        while process.isRunning { usleep(5_000) }
    }

    func count(_ database: String, _ collection: String) async throws -> Int {
        let reply = try await client.perform(
            .read(["count": .string(collection)]), on: DocumentNamespace(database: database, collection: collection))
        return Int(reply["n"]?.integer ?? -1)
    }
}
