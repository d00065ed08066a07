import Foundation
import TestSupport
import Testing
import Values

/// Tests of stored objects, to which functions grant access.
@Suite(.supervised, .tags(.large))
struct ObjectStorageTests {
    static let functions = """
        import CloudFunctions

        private func access(_ context: FunctionContext, managing: Bool) throws -> ObjectAccess? {
            guard let asset = context.asset else { return nil }
            if managing, !asset.permissions.contains("MANAGE_ASSET") { return nil }
            return ObjectAccess(path: asset.customProperties["path"]?.string ?? "assets/\\(asset.publicID)/")
        }

        @Exposed("authorize_upload")
        func authorizeUpload(_ context: FunctionContext) throws -> ObjectAccess? { try access(context, managing: true) }
        @Exposed("authorize_update")
        func authorizeUpdate(_ context: FunctionContext) throws -> ObjectAccess? { try access(context, managing: true) }
        @Exposed("authorize_delete")
        func authorizeDelete(_ context: FunctionContext) throws -> ObjectAccess? { try access(context, managing: true) }
        @Exposed("authorize_download")
        func authorizeDownload(_ context: FunctionContext) throws -> ObjectAccess? { try access(context, managing: false) }
        @Exposed("authorize_list")
        func authorizeList(_ context: FunctionContext) throws -> ObjectListAccess? {
            guard let path = try access(context, managing: false)?.path, let id = context.asset?.publicID else { return nil }
            return ObjectListAccess([.init(publicID: id, path: path, type: .asset)])
        }
        """
    private static let files = ["functions/ayayot/objectstorage_v1.swift": functions]

    private func send(
        _ workspace: RunningWorkspace, _ method: String, _ path: String = "", body: String = "",
        asset: String = "pump7",
        permissions: String = #"["MANAGE_ASSET"]"#, company: String = "c", custom: String = "{}", type: String? = nil
    ) throws -> HTTPExchange.Answer {
        let context = #"""
            {"company":{"publicId":"\#(company)","name":"C"},"asset":{"publicId":"\#(asset)","name":"P",
            "permissions":\#(permissions),"custom":\#(custom)}}
            """#.replacing("\n", with: "")
        return try HTTPExchange.send(
            method, "/_/objects\(path)", port: workspace.port,
            headers: [("Ingress-Context", context)] + (type.map { [("Content-Type", $0)] } ?? []), body: body)
    }

    @Test func anObjectIsStoredListedReadReplacedAndDeleted() throws {
        let workspace = try RunningWorkspace(Self.files)
        let stored = try send(workspace, "POST", "?name=re%20port.txt", body: "one", type: "text/plain")
        #expect(stored.status == 201)
        let id = try #require(stored.json["publicId"]?.string, "\(stored.body)")
        #expect(
            stored.json["name"] == "re port.txt" && stored.json["path"] == "assets/pump7/" && stored.json["size"] == 3)
        #expect(workspace.read(".workspace/objects/c/assets/pump7/\(id)/re port.txt") == "one")

        let list = try send(workspace, "GET").json["entries"]?.array
        #expect(list?.count == 1 && list?[0]["publicId"]?.string == id)
        #expect(list?[0]["resource"] == ["publicId": "pump7", "type": "Asset"])

        let read = try send(workspace, "GET", "/\(id)")
        #expect(read.status == 200 && read.body == "one" && read.headers["content-type"] == "text/plain")
        #expect(read.headers["content-disposition"] == "attachment; filename*=UTF-8''re%20port.txt")

        let replaced = try send(workspace, "PUT", "/\(id)?name=b.csv", body: "two!", type: "text/csv")
        #expect(replaced.json["size"] == 4 && replaced.json["name"] == "b.csv", "\(replaced.body)")
        #expect(try send(workspace, "GET", "/\(id)").body == "two!")
        #expect(workspace.read(".workspace/objects/c/assets/pump7/\(id)/re port.txt") == nil)

        #expect(try send(workspace, "DELETE", "/\(id)").status == 204)
        #expect(try send(workspace, "GET").json == ["entries": []])
        let gone = try send(workspace, "GET", "/\(id)")
        #expect(gone.status == 404 && gone.error("code") == "object-not-found")
    }

    @Test func functionsDecide() throws {
        let workspace = try RunningWorkspace(Self.files)
        let id = try #require(try send(workspace, "POST", "?name=a", body: "a").json["publicId"]?.string)
        for (method, path) in [("POST", "?name=b"), ("PUT", "/\(id)"), ("DELETE", "/\(id)")] {
            let answer = try send(workspace, method, path, body: "b", permissions: "[]")
            #expect(answer.status == 403 && answer.error("code") == "object-access-denied", "\(answer)")
        }
        #expect(try send(workspace, "GET", "/\(id)", permissions: "[]").body == "a")
        // A call with another asset, another company or no context does not see the object.
        #expect(try send(workspace, "GET", "/\(id)", asset: "other").status == 404)
        #expect(try send(workspace, "GET", "/\(id)", company: "other").status == 404)
        #expect(try send(workspace, "GET", asset: "other").json == ["entries": []])
        #expect(try workspace.get("/_/objects").status == 403)
    }

    @Test(arguments: ["../out/", "/etc/", "a//b", "a/../../b", "..", "a/./b", "a\\\\..\\\\b", "a/\\u0000/b"])
    func aPathThatLeavesIsRefused(path: String) throws {
        let workspace = try RunningWorkspace(Self.files)
        for (method, target) in [("POST", "?name=a"), ("GET", "")] {
            let answer = try send(workspace, method, target, body: "a", custom: #"{"path":"\#(path)"}"#)
            #expect(answer.status == 403, "\(answer)")
            #expect(answer.error("message")?.string?.contains("leaves the object storage") == true, "\(answer.body)")
        }
    }

    @Test func aLinkThatLeavesIsRefused() throws {
        let workspace = try RunningWorkspace(Self.files)
        #expect(try send(workspace, "POST", "?name=a", body: "a").status == 201)
        let folder = "\(workspace.folder)/.workspace/objects/c/assets"
        try FileManager.default.createSymbolicLink(atPath: "\(folder)/out", withDestinationPath: workspace.folder)
        for (method, target) in [("POST", "?name=a"), ("GET", "")] {
            let answer = try send(workspace, method, target, body: "a", asset: "out")
            #expect(answer.status == 403, "\(answer)")
            #expect(answer.error("message")?.string?.contains("leaves the object storage") == true, "\(answer.body)")
        }
        let outside = try FileManager.default.contentsOfDirectory(atPath: workspace.folder).sorted()
        #expect(outside == [".workspace", "functions"])
    }

    @Test func aLinkedFileIsNoObject() throws {
        let workspace = try RunningWorkspace(Self.files.merging(["secret": "hush"]) { $1 })
        let id = try #require(try send(workspace, "POST", "?name=a", body: "a").json["publicId"]?.string)
        let file = "\(workspace.folder)/.workspace/objects/c/assets/pump7/\(id)/a"
        try FileManager.default.removeItem(atPath: file)
        try FileManager.default.createSymbolicLink(atPath: file, withDestinationPath: "\(workspace.folder)/secret")
        let answer = try send(workspace, "GET", "/\(id)")
        #expect(answer.status == 404 && !answer.body.contains("hush"), "\(answer)")
    }

    @Test func aPathIntoAnObjectIsRefused() throws {
        let workspace = try RunningWorkspace(Self.files)
        let id = try #require(try send(workspace, "POST", "?name=a", body: "a").json["publicId"]?.string)
        let answer = try send(workspace, "POST", "?name=b", body: "b", custom: #"{"path":"assets/pump7/\#(id)/x/"}"#)
        #expect(answer.status == 403, "\(answer)")
    }

    @Test func aFunctionMayAskForObjects() throws {
        let workspace = try RunningWorkspace(
            Self.files.merging([
                "functions/asks.swift": """
                import CloudFunctions
                import Foundation
                import FoundationNetworking

                @Exposed func list(_ context: FunctionContext, port: Int) async throws -> Int {
                    guard let url = URL(string: "http://127.0.0.1:\\(port)/_/objects") else { return 0 }
                    var request = URLRequest(url: url)
                    for (name, value) in context.nestedCallHeaders { request.setValue(value, forHTTPHeaderField: name) }
                    let (_, response) = try await URLSession.shared.data(for: request)
                    return (response as? HTTPURLResponse)?.statusCode ?? 0
                }
                """
            ]) { $1 }, flags: ["--workers-max", "1"])
        #expect(try workspace.call("asks.list", #"{"port":\#(workspace.port)}"#).json == 403)
    }

    @Test func changesOfOneObjectComeOneAfterTheOther() throws {
        let workspace = try RunningWorkspace(Self.files)
        let id = try #require(try send(workspace, "POST", "?name=a", body: "a").json["publicId"]?.string)
        DispatchQueue.concurrentPerform(iterations: 16) { number in
            let body = String(repeating: "x", count: 1_000 * (number + 1))
            let answer = try? send(workspace, "PUT", "/\(id)?name=\(number)", body: body)
            #expect(answer?.status == 200)
        }
        let entry = try send(workspace, "GET").json["entries"]?[0]
        let read = try send(workspace, "GET", "/\(id)")
        #expect(entry?["size"] == .integer(Int64(read.body.utf8.count)))
        // The folder holds the object's bytes under their last name, and the file that describes the object.
        let folder = "\(workspace.folder)/.workspace/objects/c/assets/pump7/\(id)"
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 2)
    }

    @Test func oddNamesAndCompaniesStayWhereTheyBelong() throws {
        let workspace = try RunningWorkspace(Self.files)
        let stored = try send(workspace, "POST", "?name=..%2F..%2F%C3%A9%0A.txt", body: "x", company: "../up")
        #expect(stored.status == 201 && stored.json["name"] == "../../é\n.txt", "\(stored.body)")
        let id = try #require(stored.json["publicId"]?.string)
        let read = try send(workspace, "GET", "/\(id)", company: "../up")
        #expect(read.body == "x" && read.headers["content-disposition"]?.contains("%2F") == true)
        let outside = try FileManager.default.contentsOfDirectory(atPath: workspace.folder).sorted()
        #expect(outside == [".workspace", "functions"])
        // No company's folder contains another's.
        #expect(try send(workspace, "POST", "?name=a", body: "a", company: "").status == 201)
        #expect(
            try send(workspace, "GET", asset: "x", company: "", custom: #"{"path":""}"#).json["entries"]?.array?.count
                == 1)
    }

    @Test func withoutFunctionsAllIsDenied() throws {
        let workspace = try RunningWorkspace(["functions/a.swift": "import CloudFunctions\n"])
        let answer = try send(workspace, "GET")
        #expect(answer.status == 403)
        #expect(answer.error("message")?.string?.contains("authorize_list is not there") == true, "\(answer.body)")
    }

    @Test(arguments: [
        ("throw CancellationError()", "failed"), (#"["result": "success"]"#, "must answer"),
        (#"["result": "success", "data": ["path": 5]]"#, "must answer with a 'path'"), (#""yes""#, "must answer"),
    ])
    func aFunctionThatFailsDenies(body: String, reason: String) throws {
        let workspace = try RunningWorkspace([
            "functions/ayayot/objectstorage_v1.swift": """
            import CloudFunctions
            @Exposed("authorize_upload") func upload(_ context: FunctionContext) throws -> JSONValue { \(body) }
            """
        ])
        let answer = try send(workspace, "POST", "?name=a", body: "a")
        #expect(answer.status == 403)
        #expect(answer.error("message")?.string?.contains(reason) == true, "\(answer.body)")
    }

    @Test func wrongRequestsAreRefused() throws {
        let workspace = try RunningWorkspace(Self.files)
        #expect(try send(workspace, "POST", body: "a").status == 400)
        #expect(try send(workspace, "DELETE").status == 405)
        #expect(try send(workspace, "HEAD").status == send(workspace, "GET").status)
        #expect(try send(workspace, "HEAD", "/abc").status == send(workspace, "GET", "/abc").status)
        let upload = try HTTPExchange.send(
            "POST", "/_/objects?name=a", port: workspace.port,
            headers: [("Content-Type", "multipart/form-data; boundary=x")], body: "--x--")
        #expect(upload.status == 415 && upload.error("message")?.string?.contains("parts of a form") == true)
        #expect(try send(workspace, "POST", "/abc").headers["allow"]?.contains("PUT") == true)
    }
}
