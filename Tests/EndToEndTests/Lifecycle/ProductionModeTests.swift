import Foundation
import TestSupport
import Testing
import Values

/// Tests of production mode, which serves only signed calls and nothing else.
@Suite(.supervised, .tags(.large))
struct ProductionModeTests {
    private static let files = [
        "functions/pure.swift": """
        import CloudFunctions

        @Exposed func hello(_ context: FunctionContext) -> String { "hello" }
        @Exposed func config(_ context: FunctionContext) -> JSONObject { context.config.values }
        @Exposed func hasStore(_ context: FunctionContext) -> Bool { context.documentStore != nil }
        @Exposed func insert(_ context: FunctionContext) async throws -> Int {
            let store = try context.require(\\.documentStore)
            try await store.insertOne(["a": 1])
            return try await store.countDocuments([:])
        }
        """,
        "context_values.yaml": "secret: of development\n",
    ]
    private let signer = Signer()

    private func workspace(_ keys: [Signer] = [], environment: [String: String] = [:]) throws -> RunningWorkspace {
        let keys = keys.isEmpty ? [signer] : keys
        return try RunningWorkspace(
            Self.files,
            environment: [
                "PRODUCTION_MODE": "true", "CBC_SIGNATURE_PUBLIC_KEYS": keys.map(\.pem).joined(separator: ","),
            ].merging(environment) { $1 })
    }

    @Test func aRequestThatOneOfTheKeysHasSignedIsAnswered() throws {
        let signers = [Signer(), Signer()]
        let workspace = try workspace(signers)
        for signer in signers {
            let answer = try signer.post(Signer.body(), to: workspace)
            #expect(answer.status == 200 && answer.json == "hello", "\(answer)")
        }
        let stranger = try Signer().post(Signer.body(), to: workspace)
        #expect(stranger.status == 401)
        #expect(stranger.error("code") == "unauthorized")
        #expect(stranger.headers["www-authenticate"] == "signature")
    }

    @Test func everythingElseIsRefused() throws {
        let workspace = try workspace()
        let json = ("Content-Type", "application/json")
        let body = Signer.body()
        let good = signer.authorization(body)
        for header in [
            "", "signature", "signature ", "signature zz", "signature abc", "Bearer abc",
            "Signature \(good.dropFirst(10))",
        ] {
            let answer = try workspace.post(body, headers: [json, ("Authorization", header)])
            #expect(answer.status == 401, "\(header): \(answer)")
        }
        #expect(try workspace.post(body, headers: [json]).status == 401)
        #expect(try workspace.post(body + " ", headers: [json, ("Authorization", good)]).status == 401)
        for body in ["no JSON", "[]", #"{"name":".."}"#, #"{"name":"pure.hello","context":[]}"#] {
            #expect(try workspace.post(body, headers: [json]).status == 401)
        }
        // Correctly signed bodies, but without a current date.
        let dates =
            [
                Signer.body(age: 75), Signer.body(age: -75), Signer.body(age: 5e11), #"{"name":"pure.hello"}"#,
                "no JSON", "[]",
            ]
            + ["", "yesterday", "2026-02-30T00:00:00Z", "2026"].map { #"{"name":"pure.hello","created_on":"\#($0)"}"# }
        for body in dates + [#"{"name":"pure.hello","created_on":null}"#, ""] {
            #expect(try signer.post(body, to: workspace).status == 401, "\(body)")
        }
        for age in [50.0, -50] { #expect(try signer.post(Signer.body(age: age), to: workspace).status == 200) }
    }

    @Test func thereIsNothingButCalls() throws {
        let workspace = try workspace()
        for path in ["/", "/_/", "/_/health", "/_/functions", "/_/events", "/_/client.js", "/functions.pure.hello"] {
            let answer = try workspace.get(path)
            #expect(answer.status == 405, "\(path): \(answer)")
            #expect(answer.headers["allow"] == "POST, OPTIONS")
        }
        for method in ["HEAD", "PUT", "DELETE", "TRACE"] {
            #expect(try HTTPExchange.send(method, "/", port: workspace.port).status == 405)
        }
        #expect(try HTTPExchange.send("OPTIONS", "/", port: workspace.port).status == 204)
        let body = Signer.body()
        let authorization = ("Authorization", signer.authorization(body))
        for type in ["application/x-www-form-urlencoded", "text/plain"] {
            let answer = try workspace.post(body, headers: [("Content-Type", type), authorization])
            #expect(answer.status == 415)
        }
        // A call by path needs a signature just like one by name.
        #expect(try workspace.call("pure.hello").status == 415)
        let unsigned = try workspace.call("pure.hello", "{}", headers: [("Content-Type", "application/json")])
        #expect(unsigned.status == 401)
        let own = try HTTPExchange.send(
            "POST", "/_/health", port: workspace.port, headers: [("Content-Type", "application/json"), authorization],
            body: body)
        #expect(own.status == 404)
    }

    @Test func aSignatureOpensNoOtherHost() throws {
        let workspace = try workspace()
        let body = Signer.body()
        let signed = [("Content-Type", "application/json"), ("Authorization", signer.authorization(body))]
        for header in [("Host", "evil.example"), ("Origin", "https://evil.example")] {
            #expect(try workspace.post(body, headers: signed + [header]).status == 403)
        }
    }

    @Test func aDateWithoutOffsetIsLocalTime() throws {
        let workspace = try workspace(environment: ["TZ": "Asia/Kolkata"])
        let zone = try #require(TimeZone(identifier: "Asia/Kolkata"))
        let now = Date()
        for (seconds, status) in [(0, 200), (-zone.secondsFromGMT(for: now), 401)] {
            let shown = Signer.text(now.addingTimeInterval(Double(zone.secondsFromGMT(for: now) + seconds)))
            let body = #"{"name":"pure.hello","created_on":"\#(shown.prefix(23))"}"#
            #expect(try signer.post(body, to: workspace).status == status, "\(body)")
        }
    }

    @Test func configurationAndDatabaseComeWithTheRequest() throws {
        let workspace = try workspace()
        let config = try signer.post(Signer.body("pure.config", #","config":{"a":1}"#), to: workspace)
        #expect(config.json == ["a": 1])
        let company = #","context":{"company":{"publicId":"c","name":"C"}}"#
        #expect(try signer.post(Signer.body("pure.hasStore", company), to: workspace).json == false)
        let database = #","internalConfig":{"dbConfig":{"uri":"mongodb://127.0.0.1/","username":"u","password":"p"}}"#
        #expect(try signer.post(Signer.body("pure.hasStore", company + database), to: workspace).json == true)
        let half = try signer.post(
            Signer.body("pure.hasStore", #","internalConfig":{"dbConfig":{"uri":"mongodb://127.0.0.1/"}}"#),
            to: workspace)
        #expect(half.status == 400)
        #expect(half.error("message")?.string?.contains("internalConfig.dbConfig.username") == true)
    }

    @Test func nothingOfABodyIsUsedBeforeItsSignatureIsChecked() throws {
        let workspace = try workspace()
        let listener = try SilentListener()
        let body = Signer.body(
            "pure.insert",
            #"""
            ,"context":{"company":{"publicId":"c","name":"C"}},"internalConfig":{"dbConfig":
            {"uri":"mongodb://127.0.0.1:\#(listener.port)/?serverSelectionTimeoutMS=500","username":"u","password":"p"}}
            """#)
        #expect(try Signer().post(body, to: workspace).status == 401)
        #expect(try workspace.post(body).status == 401)
        let old = body.replacing(/"created_on":"[^"]*"/, with: #""created_on":"2020-01-01T00:00:00Z""#)
        #expect(try signer.post(old, to: workspace).status == 401)
        #expect(listener.connections == 0)
        // With a valid signature, the same values are used.
        let signed = try signer.post(body, to: workspace)
        #expect(signed.status == 500)
        #expect(signed.error("code") == "document-store-unavailable", "\(signed.body)")
        #expect(listener.connections > 0)
    }

    @Test func aSavedFileChangesNothing() throws {
        let workspace = try workspace()
        #expect(try signer.post(Signer.body(), to: workspace).json == "hello")
        try workspace.save("functions/pure.swift", "this does not compile")
        #expect(try signer.post(Signer.body(), to: workspace).json == "hello")
        #expect(workspace.workers.count > 0)
    }

    @Test(arguments: [
        (["PRODUCTION_MODE": "1"], 2, "needs CBC_SIGNATURE_PUBLIC_KEYS"),
        (["PRODUCTION_MODE": "true", "CBC_SIGNATURE_PUBLIC_KEYS": "nonsense"], 2, "Key 1 is no Ed25519 public key"),
        (["PRODUCTION_MODE": "maybe"], 2, "PRODUCTION_MODE: it takes true, false, 1 or 0"),
    ])
    func badSettingsKeepItFromStarting(environment: [String: String], status: Int32, message: String) throws {
        let scratch = try ScratchWorkspace(Self.files)
        let run = try WorkspaceCommandRun(
            ["run", "--port", "0", "--functions", scratch.functions], environment: environment)
        #expect(try run.exitCode() == status)
        #expect(run.output.contains(message), "\(run.output)")
    }

    @Test func functionsThatDoNotBuildKeepItFromStarting() throws {
        let scratch = try ScratchWorkspace(["functions/a.swift": "this does not compile"])
        let run = try WorkspaceCommandRun(
            [
                "run", "--port", "0", "--functions", scratch.functions, "--production-mode",
                "--signature-public-keys=\(signer.pem)",
            ])
        #expect(try run.exitCode() == 1)
        #expect(run.output.contains("functions/a.swift:1:"), "\(run.output)")
    }
}

/// A listener that counts the connections and sends nothing.
private final class SilentListener {
    private let descriptor: CInt
    let port: Int
    private var found = 0

    init() throws {
        (descriptor, port) = try HTTPExchange.listen()
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    }

    deinit {
        close(descriptor)
    }

    /// The number of connections so far.
    var connections: Int {
        while true {
            let accepted = accept(descriptor, nil, nil)
            guard accepted >= 0 else { return found }
            found += 1
            close(accepted)
        }
    }
}
