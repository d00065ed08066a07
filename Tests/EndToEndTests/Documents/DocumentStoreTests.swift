import Foundation
import RunningProcesses
import TestSupport
import Testing
import Values

/// Tests of a workspace's MongoDB server: its place, and that nothing of it is left behind.
@Suite(.supervised, .tags(.large))
struct DocumentStoreTests {
    private static let mongod = ["DOCUMENT_STORE": "mongod"]

    @Test func documentsAreThereUntilTheEnd() throws {
        let scratch = try ScratchWorkspace(StoreFixture.files)
        for _ in 0..<2 {
            let workspace = try RunningWorkspace(on: scratch, environment: Self.mongod)
            #expect(try workspace.count() == 0)
            #expect(try workspace.add("a").status == 200)
            #expect(try workspace.count() == 1)
            #expect(try workspace.count(company: "other") == 0)
            let store = try workspace.documentStore()
            #expect(store["state"] == "ready")
            #expect(store["kind"] == "mongod")
            #expect(store["version"]?.string?.hasPrefix("6.") == true)
            #expect(store["uri"]?.string?.hasPrefix("mongodb://127.0.0.1:") == true)
            #expect(workspace.stop(SIGTERM) == 0)
            #expect(workspace.servers.isEmpty)
            #expect(!FileManager.default.fileExists(atPath: "\(scratch.folder)/.workspace/mongod"))
        }
    }

    @Test func nothingOfItOutlivesAKilledEmulator() throws {
        let scratch = try ScratchWorkspace(StoreFixture.files)
        let workspace = try RunningWorkspace(on: scratch, environment: Self.mongod)
        #expect(try workspace.add("a").status == 200)
        #expect(!workspace.servers.isEmpty)
        workspace.stop(SIGKILL)
        try poll("everything has ended") { workspace.workers.isEmpty }
        try poll("its files are gone") {
            !FileManager.default.fileExists(atPath: "\(scratch.folder)/.workspace/mongod")
        }
    }

    @Test func nothingOfAServerThatIsStoppedOutlivesAKilledEmulator() throws {
        let scratch = try ScratchWorkspace(StoreFixture.files)
        let workspace = try RunningWorkspace(on: scratch, environment: Self.mongod)
        #expect(try workspace.add("a").status == 200)
        for server in RunningWorkspace.processes(naming: "--dbpath \(scratch.folder)") { kill(server, SIGSTOP) }
        workspace.stop(SIGKILL)
        try poll("everything has ended") { workspace.workers.isEmpty }
        try poll("its files are gone") {
            FileManager.default.fileExists(atPath: "\(scratch.folder)/.workspace/mongod") ? nil : true
        }
    }

    @Test func aRestartDoesNotWaitForTheOldServerToEnd() throws {
        let scratch = try ScratchWorkspace(StoreFixture.files)
        let first = try RunningWorkspace(on: scratch, environment: Self.mongod)
        #expect(try first.add("a").status == 200)
        // The guard is left out, whose arguments name the folder too.
        let servers = first.servers.filter { RunningProcess(id: $0)?.name.hasPrefix("mongod") == true }
        let guards = servers.compactMap { RunningProcess(id: $0)?.session }
        try #require(!guards.isEmpty)
        // The server takes as long to end as its guard allows.
        for server in servers { kill(server, SIGSTOP) }
        first.stop(SIGKILL)
        let second = try RunningWorkspace(on: scratch, environment: Self.mongod)
        #expect(try second.add("b").status == 200)
        try poll("the old server and its guard have ended") {
            (servers + guards).allSatisfy { RunningProcess(id: $0) == nil }
        }
        #expect(try second.count() == 1)
        #expect(!second.console.contains("an empty one starts"), "\(second.console)")
    }

    /// Starts an emulator whose container engine pulls its image forever; the pull has the mark among its arguments.
    private func pullsForEver(mark: String) throws -> RunningWorkspace {
        let scratch = try ScratchWorkspace(StoreFixture.files)
        let docker = "#!/bin/sh\ncase $1 in version) ;; pull) sleep \(mark); exit 1 ;; *) exit 1 ;; esac\n"
        try scratch.write(docker, to: "bin/docker")
        chmod("\(scratch.folder)/bin/docker", 0o755)
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        return try RunningWorkspace(
            on: scratch, environment: ["DOCUMENT_STORE": "container", "PATH": "\(scratch.folder)/bin:\(path)"])
    }

    @Test func anOperationDoesNotWaitForEverForAStoreThatStarts() async throws {
        let workspace = try pullsForEver(mark: "\(Int.random(in: 100_000...999_999))")
        let answer = try await onOwnThread { try workspace.add("a") }
        #expect(answer.error("code") == "document-store-unavailable", "\(answer.body)")
        #expect(answer.error("message")?.string?.contains("It is still starting after 20 s") == true)
        try workspace.prints("Pulling the image mongo:")
    }

    @Test(arguments: [SIGINT, SIGKILL])
    func anImageIsPulledNoLongerThanTheEmulatorRuns(signal: Int32) throws {
        let mark = "\(Int.random(in: 100_000...999_999))"
        let workspace = try pullsForEver(mark: mark)
        try poll("it is pulled") { RunningWorkspace.processes(naming: mark).isEmpty ? nil : true }
        workspace.stop(signal)
        try poll("it is pulled no longer") { RunningWorkspace.processes(naming: mark).isEmpty }
    }

    @Test(arguments: ["s3:cret", "s3%cret", "s3/cret", "s3@cret"])
    func noPasswordIsShown(password: String) throws {
        let workspace = try RunningWorkspace(
            StoreFixture.files, environment: ["DOCUMENT_STORE": "mongodb://bob:\(password)@127.0.0.1:1/"])
        let state = try poll("it is not there") {
            let store = try workspace.documentStore()
            return store["state"] == "unavailable" ? store : nil
        }
        let answer = try workspace.add("a")
        #expect(answer.error("code") == "document-store-unavailable")
        for text in ["\(state)", answer.body, workspace.console] {
            #expect(!text.contains("cret") && !text.contains("bob"), "\(text)")
        }
    }

    @Test func twoWorkspacesHaveAStoreEach() throws {
        let first = try RunningWorkspace(StoreFixture.files, environment: Self.mongod)
        #expect(try first.add("a").status == 200)
        let port = try #require(try first.documentStore()["uri"]?.string?.split(separator: ":").last?.dropLast())
        let second = try RunningWorkspace(
            StoreFixture.files, flags: ["--document-db-port", String(port)], environment: Self.mongod)
        #expect(try second.count() == 0)
        try second.prints("Port \(port) is taken by mongod (process ")
        try second.prints("the document store moves to")
        #expect(try second.documentStore()["uri"] != first.documentStore()["uri"])
        second.stop(SIGTERM)
        #expect(try first.count() == 1)
    }

    @Test func workspacesThatStartAtOneMomentHaveAStoreEach() throws {
        let port = Int.random(in: 20_000...29_999)
        let workspaces = try (0..<3).map { _ in
            try RunningWorkspace(
                StoreFixture.files, flags: ["--document-db-port", String(port)], environment: Self.mongod)
        }
        let stores = try Set(workspaces.map { try $0.documentStore()["uri"]?.string })
        #expect(stores.count == 3 && !stores.contains(nil))
        for workspace in workspaces {
            #expect(try workspace.add("a").status == 200)
            #expect(try workspace.count() == 1)
        }
    }

    @Test func aServerThatIsNamedIsUsedAndKept() throws {
        let first = try RunningWorkspace(StoreFixture.files, environment: Self.mongod)
        #expect(try first.add("a").status == 200)
        let uri = try #require(try first.documentStore()["uri"]?.string)
        let second = try RunningWorkspace(
            StoreFixture.files, environment: ["DOCUMENT_STORE": "\(uri)?appName=s3cret"])
        #expect(try second.count() == 1)
        #expect(try second.documentStore()["kind"] == "uri")
        #expect(try second.documentStore()["uri"] == .string(uri))
        #expect(!second.console.contains("s3cret"))
        second.stop(SIGTERM)
        #expect(try first.count() == 1)
    }

    @Test func aNamedServerThatIsDownIsSaidSoonAndFoundWhenItIsBack() throws {
        let port = Int.random(in: 20_000...29_999)
        let named = try RunningWorkspace(
            StoreFixture.files, environment: ["DOCUMENT_STORE": "mongodb://127.0.0.1:\(port)/"])
        #expect(try named.documentStore()["state"] == "unavailable")
        try named.prints("The server of DOCUMENT_STORE (mongodb://127.0.0.1:\(port)/) cannot be used")
        for round in 1...2 {
            let server = try RunningWorkspace(
                StoreFixture.files, flags: ["--document-db-port", String(port)], environment: Self.mongod)
            #expect(try server.count() == 0, "\(server.console)")
            try poll("the named server is found") { try named.add("a").status == 200 }
            server.stop(SIGTERM)
            let start = ContinuousClock.now
            let answer = try named.add("b")
            #expect(.now - start < .seconds(25), "the limit is 3 s, the driver's own 30")
            #expect(answer.error("code") == "document-store-unavailable", "\(round): \(answer.body)")
            #expect(answer.error("remedy")?.string?.contains("Start the server of DOCUMENT_STORE") == true)
        }
    }

    @Test func withoutAStoreTheRestWorks() throws {
        let workspace = try RunningWorkspace(StoreFixture.files)
        #expect(try workspace.call("store.plain").json == 1)
        let answer = try workspace.add("a")
        #expect(answer.status == 500)
        #expect(answer.error("code") == "document-store-unavailable")
        #expect(answer.error("remedy")?.string?.contains("DOCUMENT_STORE") == true)
    }

    @Test func aServerThatCannotStartSaysWhyAndTheNextIsTried() throws {
        let scratch = try ScratchWorkspace(StoreFixture.files)
        let reason = "mongod: error while loading shared libraries: libcurl.so.4: cannot open shared object file"
        try scratch.write("#!/bin/sh\necho '\(reason)' >&2\nexit 127\n", to: "bin/mongod")
        chmod("\(scratch.folder)/bin/mongod", 0o755)
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let workspace = try RunningWorkspace(
            on: scratch, environment: ["DOCUMENT_STORE": "mongod", "PATH": "\(scratch.folder)/bin:\(path)"])
        #expect(try workspace.add("a").status == 200)
        try workspace.prints("mongod on PATH: it lacks a shared library: \(reason)")
        try workspace.prints("apt-get install libcurl4")
    }

    @Test func aServerThatWasKilledIsStartedAgain() throws {
        let workspace = try RunningWorkspace(StoreFixture.files, environment: Self.mongod)
        #expect(try workspace.add("a").status == 200)
        for server in workspace.servers { kill(server, SIGKILL) }
        try poll("an empty one answers") { (try? workspace.count()) == 0 }
        try workspace.prints("an empty one starts")
    }

    @Test(arguments: ["sometimes", "http://127.0.0.1"])
    func aChoiceThatIsNoneIsRefused(choice: String) throws {
        let run = try WorkspaceCommandRun(
            ["run", "--document-store", choice], currentFolder: packageRoot)
        #expect(try run.exitCode() == 2)
        #expect(run.output.contains("'\(choice)' is no value for --document-store"))
    }
}

/// A workspace whose functions use the document store.
enum StoreFixture {
    static let files = [
        "functions/store.swift": """
        import CloudFunctions

        @Exposed func add(_ context: FunctionContext, text: String) async throws -> ObjectID? {
            try await context.require(\\.documentStore).insertOne(["text": .string(text)]).insertedID.objectID
        }
        @Exposed func count(_ context: FunctionContext) async throws -> Int {
            try await context.require(\\.documentStore).find().all().count
        }
        @Exposed func plain(_ context: FunctionContext) -> Int { 1 }
        """
    ]
}

extension RunningWorkspace {
    private static func context(company: String) -> (String, String) {
        ("Ingress-Context", #"{"company":{"publicId":"\#(company)","name":"C"}}"#)
    }

    func add(_ text: String, company: String = "acme") throws -> HTTPExchange.Answer {
        try call("store.add", #"{"text":"\#(text)"}"#, headers: [Self.context(company: company)])
    }

    func count(company: String = "acme") throws -> Int? {
        try call("store.count", headers: [Self.context(company: company)]).json.integer.map { Int($0) }
    }

    /// Returns the document store's entry in `/_/health`, once the store is available or has failed to start.
    func documentStore() throws -> JSONValue {
        try poll("the document store is there or not") {
            let store = try get("/_/health").json["documentStore"] ?? .null
            return store["state"] == "starting" ? .none : .some(store)
        }
    }

    /// The MongoDB servers that keep their files in the workspace.
    var servers: [Int32] { Self.processes(naming: "\(folder)/.workspace/mongod") }
}
