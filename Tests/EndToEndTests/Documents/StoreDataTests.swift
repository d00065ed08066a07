import Documents
import Foundation
import MongoClient
import TestSupport
import Testing
import Values

/// Tests of moving documents out of a store and into it: `workspace store`, `seed/` and `--keep-data`.
@Suite(.supervised, .tags(.large))
struct StoreDataTests {
    private static let mongod = ["DOCUMENT_STORE": "mongod"]

    // MARK: - Export, import, reset

    @Test func whatIsExportedComesBackAsItWas() throws {
        let workspace = try RunningWorkspace(DataFixture.files, environment: Self.mongod)
        #expect(try workspace.callInCompany("data.fill").status == 200)
        let before = try workspace.callInCompany("data.dump").json
        #expect(before["documents"]?.array?.count == 2_501)
        #expect(try workspace.store("export", "backup").contains("Exported 2504 documents in 2 collections"))
        #expect(try workspace.store("reset").contains("Removed all documents of 1 company"))
        #expect(try workspace.callInCompany("data.dump").json["documents"] == [])
        #expect(try workspace.store("import", "backup").contains("Imported 2504 documents in 2 collections"))
        #expect(try workspace.callInCompany("data.dump").json == before)
        // The measurements are in a time series again, and the unique index exists.
        #expect(before["kind"] == "timeseries")
        #expect(before["indexes"] == ["_id_", "n_1"])

        #expect(try workspace.store("export", "backup", exits: 1).contains("is there already, and not empty"))
        #expect(try workspace.store("import", "backup", exits: 1).contains("is there already"))
        #expect(try workspace.callInCompany("data.dump").json == before)
    }

    @Test func nothingIsRemovedFromSomebodyElsesServer() throws {
        let ours = try RunningWorkspace(StoreFixture.files, environment: Self.mongod)
        #expect(try ours.add("a").status == 200)
        let uri = try ours.storeURI
        #expect(uri.hasPrefix("mongodb://127.0.0.1:"))
        let scratch = try ScratchWorkspace(StoreFixture.files)
        try scratch.write(#"{"text":"more"}"# + "\n", to: "seed/acme/cloud_function_pid.jsonl")
        try scratch.write(#"{"text":"new"}"# + "\n", to: "seed/globex/cloud_function_pid.jsonl")
        let other = try RunningWorkspace(on: scratch, environment: ["DOCUMENT_STORE": "\(uri)?appName=s3cret"])
        #expect(try other.count() == 1, "a collection with documents gets no seed")
        #expect(try other.count(company: "globex") == 1)
        #expect(try other.store("reset", exits: 1).contains("is not the emulator's own: nothing is removed there"))
        #expect(try other.store("uri").contains("?appName=s3cret"))
        try other.save("bad/acme/first.jsonl", "{}\n")
        try other.save("bad/acme/second.jsonl", #"{"_id":1,"n":1}"# + "\n" + #"{"_id":2,"n":1}"#)
        try other.save("bad/acme/second.metadata.json", #"{"indexes":[{"key":{"n":1},"name":"n_1","unique":true}]}"#)
        let failed = try other.store("import", "bad", exits: 1)
        #expect(failed.contains("bad/acme/second.jsonl:2: MongoDB refuses the document"), "\(failed)")
        #expect(failed.contains("is still there: the collection acme.first; the collection acme.second"), "\(failed)")
        #expect(try ours.content(of: "acme")["first.jsonl"]?.isEmpty == true, "documents go, what holds them stays")
        let file = "\(other.folder)/.workspace/document-store.json"
        let permissions = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(permissions == 0o600)
        #expect(try ours.count() == 1)
        other.stop(SIGKILL)
        try poll("the connection string is gone") { FileManager.default.fileExists(atPath: file) ? nil : true }
        #expect(try other.store("uri", exits: 1).contains("No emulator runs the workspace"))
        #expect(try ours.count() == 1)
    }

    @Test func aFunctionThatTheCloudNamesHasItsOwnCollections() throws {
        let workspace = try RunningWorkspace(DataFixture.files, environment: Self.mongod)
        let call = #""context":{"company":{"publicId":"acme","name":"A"}},"internalConfig":{"publicId":"tplX"}"#
        #expect(try workspace.post(#"{"name":"functions.data.fill",\#(call)}"#).status == 200)
        #expect(try workspace.callInCompany("data.dump").json["documents"] == [])
        try workspace.store("export", "backup")
        let files = try FileManager.default.contentsOfDirectory(atPath: "\(workspace.folder)/backup/acme").sorted()
        #expect(files == ["tplX.jsonl", "tplX.metadata.json", "tplX_ts.jsonl", "tplX_ts.metadata.json"])
    }

    @Test func anImportWhoseServerGoesEndsSoon() throws {
        let server = try RunningWorkspace(StoreFixture.files, environment: Self.mongod)
        let uri = try server.storeURI
        let workspace = try RunningWorkspace(StoreFixture.files, environment: ["DOCUMENT_STORE": uri])
        let lines = (0..<300_000).map { #"{"_id":\#($0)}"# }.joined(separator: "\n")
        try workspace.save("large/acme/cloud_function_pid.jsonl", lines)
        let run = try WorkspaceCommandRun(
            ["store", "import", "large", "--functions", "\(workspace.folder)/functions"],
            currentFolder: workspace.folder)
        try poll("it is writing") { try (server.count() ?? 0) > 0 }
        server.stop(SIGKILL)
        #expect(try run.exitCode() == 1)
        #expect(run.output.contains("is still there: documents of acme.cloud_function_pid"), "\(run.output)")
    }

    @Test func withoutAStoreTheCommandsSayWhy() throws {
        let workspace = try RunningWorkspace(StoreFixture.files)
        let output = try workspace.store("export", "backup", exits: 1)
        #expect(output.contains("The document store is switched off (DOCUMENT_STORE=none)"), "\(output)")
    }

    // MARK: - Seed and kept data

    @Test func aSeedIsThereFromTheStartAndAfterAReset() throws {
        let scratch = try ScratchWorkspace(StoreFixture.files)
        try scratch.write(
            #"{"text":"one","at":{"$date":"2026-01-01T00:00:00Z"}}"# + "\n" + #"{"text":"two"}"#,
            to: "seed/acme/cloud_function_pid.jsonl")
        try scratch.write("What is in here.\n", to: "seed/README.md")
        let workspace = try RunningWorkspace(on: scratch, environment: Self.mongod)
        #expect(try workspace.count() == 2)
        try workspace.prints("Imported 2 documents in 1 collection from seed/")
        #expect(try workspace.add("three").status == 200)
        #expect(try workspace.store("reset").contains("Imported 2 documents in 1 collection from seed/"))
        #expect(try workspace.count() == 2)
    }

    @Test func aBadSeedIsSaidAndTheStoreIsThereWithoutIt() throws {
        let scratch = try ScratchWorkspace(StoreFixture.files)
        try scratch.write(#"{"text":"one"}"# + "\n{", to: "seed/acme/cloud_function_pid.jsonl")
        let workspace = try RunningWorkspace(on: scratch, environment: Self.mongod)
        #expect(try workspace.count() == 0)
        try workspace.prints("seed/ is not imported: ")
        try workspace.prints("seed/acme/cloud_function_pid.jsonl:2: column 2: ")
    }

    @Test(arguments: [SIGTERM, SIGKILL])
    func documentsThatAreKeptAreThereAgain(signal: Int32) throws {
        let scratch = try ScratchWorkspace(StoreFixture.files)
        try scratch.write(#"{"text":"seed"}"# + "\n", to: "seed/acme/cloud_function_pid.jsonl")
        for start in 1...3 {
            let workspace = try RunningWorkspace(on: scratch, flags: ["--keep-data"], environment: Self.mongod)
            #expect(try workspace.count() == start, "\(workspace.console)")
            try workspace.prints("(mongod, documents are kept)")
            #expect(try workspace.add("\(start)").status == 200)
            workspace.stop(signal)
        }
        let empty = try RunningWorkspace(on: scratch, environment: Self.mongod)
        #expect(try empty.count() == 1, "without the flag a store of its own")
        empty.stop(SIGTERM)
        let kept = try RunningWorkspace(
            on: scratch, environment: Self.mongod.merging(["KEEP_DATA": "true"]) { $1 })
        #expect(try kept.count() == 4)
        try kept.store("reset")
        #expect(try kept.count() == 1)
    }

    @Test func aServerThatIsKilledComesBackWithTheDocumentsThatAreKept() async throws {
        let workspace = try RunningWorkspace(
            StoreFixture.files, flags: ["--keep-data"], environment: Self.mongod)
        #expect(try workspace.add("a").status == 200)
        // A later write that is in the journal shows that the earlier one is there too.
        let client = try MongoClient(uri: workspace.storeURI)
        _ = try await client.perform(
            .change(["insert": "c", "documents": [["a": 1]], "writeConcern": ["j": true]]),
            on: DocumentNamespace(database: "journal", collection: "c"))
        for server in RunningWorkspace.processes(naming: "\(workspace.folder)/.workspace/kept/mongod") {
            kill(server, SIGKILL)
        }
        try poll("the server is started again") {
            workspace.console.contains("it starts again with its documents") ? true : nil
        }
        // Operations fail while the server starts.
        try poll("the document is there again") { try workspace.count() == 1 }
    }
}

/// Tests of data that cannot be imported, each in a company of its own.
@Suite(.supervised, .tags(.large), .workspace(DataFixture.files, documentStore: "mongod"))
struct StoreImportTests {
    @Test(arguments: [
        (#"{"_id":3,}"#, "column 10: expected a key"), (#"[1]"#, "expected a document, found a list"),
        (#"{"_id":{"$oid":"zz"}}"#, "'_id.$oid': expected 24 hexadecimal digits"),
        (#"{"_id":1}"#, "the document has the _id 1 of line 1"),
        (#"{"_id":"there"}"#, #"a document with the _id "there" is there already"#),
        (#"{"_id":9000,"n":7}"#, "MongoDB refuses the document: E11000"),
        (#"{"_id":[1]}"#, "MongoDB takes no such _id: [1]"), (#"{"_id":{"$gt":1}}"#, "MongoDB takes no such _id"),
    ])
    func aBadLineNamesItselfAndNothingChanges(line: String, message: String) throws {
        let workspace = try SharedWorkspace.get()
        let company = "c\(UUID().uuidString.prefix(8))"
        #expect(try workspace.callInCompany("data.prepare", company: company).status == 200)
        let before = try workspace.content(of: company)
        // More than a batch of lines, and other collections before and after, so that something is written before the
        // import fails.
        let lines = (1...1_200).map { #"{"_id":\#($0),"n":\#($0 + 100)}"# }
        let folder = "\(company)/\(company)"
        try workspace.save("\(folder)/aaa.jsonl", #"{"_id":1}"# + "\n")
        try workspace.save("\(folder)/aaa.metadata.json", #"{"indexes":[{"key":{"a":1},"name":"a_1"}]}"#)
        try workspace.save(
            "\(folder)/cloud_function_pid.metadata.json",
            #"{"options":{},"indexes":[{"key":{"b":1},"name":"b_1","sparse":true}]}"#)
        try workspace.save("\(folder)/cloud_function_pid.jsonl", (lines + ["", line]).joined(separator: "\n"))
        try workspace.save("\(folder)/x_ts.jsonl", #"{"timestamp":{"$date":"2026-01-01T00:00:00Z"}}"# + "\n")
        try workspace.save("\(folder)/zzz.jsonl", #"{"_id":1}"# + "\n")
        let output = try workspace.store("import", company, exits: 1)
        let place = "error: \(folder)/cloud_function_pid.jsonl:1202: "
        #expect(output.contains(place + message), "\(output)")
        #expect(try workspace.content(of: company) == before)
        #expect(before.keys.sorted() == ["cloud_function_pid.jsonl", "cloud_function_pid.metadata.json"])
    }

    @Test func measurementsThatAreNoneAreNamedAndNothingChanges() throws {
        let workspace = try SharedWorkspace.get()
        try workspace.save("series/globex/aaa.jsonl", "{}\n")
        try workspace.save("series/globex/x_ts.jsonl", #"{"timestamp":{"$date":0}}"# + "\n" + #"{"timestamp":5}"#)
        let first = try workspace.store("import", "series", exits: 1)
        #expect(first.contains("series/globex/x_ts.jsonl:1: 'timestamp.$date'"), "\(first)")
        try workspace.save(
            "series/globex/x_ts.jsonl", #"{"timestamp":{"$date":"2026-01-01T00:00:00Z"}}"# + "\n" + #"{"timestamp":5}"#)
        let second = try workspace.store("import", "series", exits: 1)
        #expect(second.contains("series/globex/x_ts.jsonl:2: a measurement needs a date in 'timestamp'"), "\(second)")
        #expect(try workspace.content(of: "globex").isEmpty)
    }

    @Test func anImportThatIsInterruptedTakesBackWhatItDid() throws {
        let workspace = try SharedWorkspace.get()
        let lines = (0..<400_000).map { #"{"_id":\#($0)}"# }.joined(separator: "\n")
        try workspace.save("large/initech/many.jsonl", lines)
        let run = try WorkspaceCommandRun(
            ["store", "import", "large", "--functions", "\(workspace.folder)/functions"],
            currentFolder: workspace.folder)
        try poll("it is writing") { try workspace.content(of: "initech")["many.jsonl"]?.isEmpty == false }
        run.stop(SIGINT)
        #expect(run.output.contains("error: Interrupted: nothing was changed"), "\(run.output)")
        #expect(try workspace.content(of: "initech").isEmpty)
    }

    @Test func filesThatAreNoneAreNamed() throws {
        let workspace = try SharedWorkspace.get()
        try workspace.save("odd/acme/notes.json", "{}")
        #expect(
            try workspace.store("import", "odd", exits: 1).contains("odd/acme/notes.json: is neither documents"))
        try workspace.save("names/a b/notes.jsonl", "{}")
        #expect(try workspace.store("import", "names", exits: 1).contains(#""a b" is no name for a database"#))
        #expect(try workspace.store("import", "nowhere", exits: 1).contains("There is no folder nowhere"))
    }
}

private enum DataFixture {
    static let files = [
        "functions/data.swift": """
        import CloudFunctions
        import FoundationEssentials

        @Exposed func fill(_ context: FunctionContext) async throws {
            let store = try context.require(\\.documentStore)
            try await store.createIndex(DocumentIndex(["n": 1], isUnique: true))
            try await store.insertMany((0..<2_500).map { ["_id": .int32($0), "n": .int32($0)] as BSONDocument })
            try await store.insertOne([
                "_id": .objectID(ObjectID()), "n": -1, "double": 1.5, "long": .int64(1), "date": .date(.now),
                "binary": .binary(BSONBinary([1, 2, 3])), "regex": .regex(BSONRegex("^a", options: "i")),
                "decimal": .decimal128(Decimal128("1.50")!), "null": nil, "list": [1, "two", ["three": 3]],
                "least": .minKey, "timestamp": .timestamp(BSONTimestamp(seconds: 1, increment: 2)),
            ])
            let series = try context.require(\\.timeSeries)
            try await series.insertMany((0..<3).map { ["timestamp": .date(.now), "metadata": "a", "value": .int32($0)] as BSONDocument })
        }

        @Exposed func prepare(_ context: FunctionContext) async throws {
            let store = try context.require(\\.documentStore)
            try await store.createIndex(DocumentIndex(["n": 1], isUnique: true))
            try await store.insertOne(["_id": "there", "n": 7])
        }

        struct Dump: Encodable {
            var documents: [JSONObject]
            var measurements: [JSONObject]
            var indexes: [String]
            var kind: String
        }

        @Exposed func dump(_ context: FunctionContext) async throws -> Dump {
            let store = try context.require(\\.documentStore)
            let series = try context.require(\\.timeSeries)
            let stats = try? await series.aggregate([["$collStats": ["storageStats": [:]]]]).all().first
            return Dump(
                documents: try await store.find(sort: ["_id": 1]).all().map(\\.extendedJSON),
                measurements: try await series.find(sort: ["value": 1]).all().map(\\.extendedJSON),
                indexes: try await store.listIndexes().compactMap(\\.name),
                kind: stats?["storageStats"]?["timeseries"] == nil ? "none" : "timeseries")
        }
        """
    ]
}

extension RunningWorkspace {
    /// Runs `workspace store …` on the workspace, and expects the exit code.
    @discardableResult
    func store(_ arguments: String..., exits code: Int32 = 0) throws -> String {
        let run = try WorkspaceCommandRun(
            ["store"] + arguments + ["--functions", "\(folder)/functions"], currentFolder: folder)
        let exit = try run.exitCode()
        #expect(exit == code, "\(run.output)")
        return run.output
    }

    /// The connection string that the command prints, after any warnings of libmongoc.
    fileprivate var storeURI: String {
        get throws { try store("uri").split(separator: "\n").last.map(String.init) ?? "" }
    }

    /// Returns everything that a company has on the server: the names and contents of the files of an export.
    fileprivate func content(of company: String) throws -> [String: String] {
        let name = "export-\(UUID().uuidString)"
        try store("export", name + "/")
        let folder = "\(folder)/\(name)/\(company)"
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return try Dictionary(
            uniqueKeysWithValues: files.map { ($0, try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8)) })
    }

    /// Calls a function in the name of a company.
    fileprivate func callInCompany(_ name: String, company: String = "acme") throws -> HTTPExchange.Answer {
        try call(name, headers: [("Ingress-Context", #"{"company":{"publicId":"\#(company)","name":"C"}}"#)])
    }
}
