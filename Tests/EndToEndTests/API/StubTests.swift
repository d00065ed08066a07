import Foundation
import TestSupport
import Testing
import Values

/// Tests of developing against an API without the cloud: answers from files, recorded answers, and granted access.
@Suite(.supervised, .tags(.large))
struct StubTests {
    private static let functions = ["functions/ctx.swift": WireFixture.source("ctx")]

    private func call(_ workspace: RunningWorkspace, _ arguments: String) throws -> HTTPExchange.Answer {
        try workspace.call("ctx.api", arguments)
    }

    @Test func theFileThatFitsClosestAnswers() throws {
        let workspace = try RunningWorkspace(
            Self.functions.merging([
                "api/MyUser.json": #"{"rel":"MyUser","answer":{"name":"anyone"}}"#,
                "api/agents/list.json": #"""
                [{"rel":"Agent","answer":"any"},
                 {"rel":"Agent","urlArguments":{"publicId":"a1"},"answer":"a1"},
                 {"rel":"Agent","urlArguments":{"publicId":"a1"},"query":{"fields":"name"},"answer":"a1 by name"},
                 {"method":"PATCH","rel":"Agent","body":{"name":"x"},"answer":"renamed"},
                 {"method":"patch","rel":"Agent","answer":"patched"}]
                """#,
            ]) { $1 }, flags: ["--api-stub", "api"])
        #expect(try call(workspace, "{}").json == ["name": "anyone"])
        let asked: [(String, JSONValue)] = [
            (#"{"url":"Agent","url_args":{"publicId":"a2"}}"#, "any"),
            (#"{"url":"Agent","url_args":{"publicId":"a1"}}"#, "a1"),
            (#"{"url":"Agent","url_args":{"publicId":"a1"},"query":{"fields":"name","page-size":1}}"#, "a1 by name"),
            (#"{"url":"Agent","method":"patch","data":{"name":"x"}}"#, "renamed"),
            (#"{"url":"Agent","method":"patch","data":{"name":"y"}}"#, "patched"),
        ]
        for (arguments, expected) in asked { #expect(try call(workspace, arguments).json == expected, "\(arguments)") }
        // A saved file takes effect at once.
        try workspace.save("api/MyUser.json", #"{"rel":"MyUser","answer":{"name":"Ada"}}"#)
        #expect(try call(workspace, "{}").json == ["name": "Ada"])
    }

    @Test func whatHadNoAnswerIsListed() throws {
        let workspace = try RunningWorkspace(
            Self.functions.merging(["api/none.json": "[]"]) { $1 }, flags: ["--api-stub", "api"])
        let question = #"{"url":"Asset","url_args":{"publicId":"p"},"method":"put","data":{"password":"hush","n":1}}"#
        for _ in 0..<2 {
            let answer = try call(workspace, question)
            #expect(answer.status == 500)
            #expect(answer.error("message")?.string?.contains("no answer to PUT Asset") == true, "\(answer.body)")
        }
        let folder = "\(workspace.folder)/.workspace/api-unanswered"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(names.count == 1)
        let file = try #require(names.first)
        let kept = try JSONValue(parsing: try #require(workspace.read(".workspace/api-unanswered/\(file)")))
        #expect(
            kept == [
                "method": "PUT", "rel": "Asset", "urlArguments": ["publicId": "p"], "body": ["password": "…", "n": 1],
                "answer": nil,
            ])
        try poll("the console tells of it") { workspace.console.contains("no answer") }
        #expect(workspace.stop(SIGTERM) == 0)
        try workspace.prints("PUT Asset  \(folder)/\(file)")
        #expect(!workspace.console.contains("hush"))
    }

    @Test(arguments: [
        ("{", "api/bad.json:1:"), (#"{"answer":1}"#, "'rel', the resource's name, is missing"),
        (#"{"rel":"MyUser"}"#, "'answer' is missing"),
        (#"[{"rel":"A","answer":1,"query":[]}]"#, "'query' must be an object"),
    ])
    func aFileThatIsWrongIsNamed(text: String, problem: String) throws {
        let workspace = try RunningWorkspace(
            Self.functions.merging(["api/bad.json": text]) { $1 }, flags: ["--api-stub", "api"])
        let message = try #require(try call(workspace, "{}").error("message")?.string)
        #expect(message.contains("api/bad.json") && message.contains(problem), "\(message)")
    }

    @Test func whatSomebodyHasAnsweredIsKept() throws {
        let scratch = try ScratchWorkspace(
            Self.functions.merging([
                "api/none.json": "[]", ".workspace/api-unanswered/a.json": #"{"rel":"A","answer":{"a":1}}"#,
                ".workspace/api-unanswered/b.json": #"{"rel":"B","answer":null}"#,
            ]) { $1 })
        let workspace = try RunningWorkspace(on: scratch, flags: ["--api-stub", "api"])
        #expect(workspace.read(".workspace/api-unanswered/a.json") != nil)
        #expect(workspace.read(".workspace/api-unanswered/b.json") == nil)
    }

    @Test func recordedQuestionsAreAnsweredThoughTheirSecretsWereLeftOut() throws {
        let api = try PlayedAPI { request in
            .init(body: #"{"type":"Ok","data":"\#(request.headers["authorization"] ?? "")"}"#)
        }
        let question = #"""
            {"method":"put","url":"Asset","url_args":{"publicId":"p"},"query":{"accessToken":"hush"},
            "data":{"password":"hush","n":1,"said":"Bearer hush!"}}
            """#
        let context = ("Ingress-Context", #"{"accessToken":{"headerValue":"Bearer hush!"}}"#)
        let recording = try RunningWorkspace(
            Self.functions, flags: ["--api-record", "api"], environment: ["API_CLIENT_BASE_URL": api.address])
        #expect(try recording.call("ctx.api", question, headers: [context]).json["data"] == "Bearer hush!")
        let name = try #require(try FileManager.default.contentsOfDirectory(atPath: "\(recording.folder)/api").first)
        let text = try #require(recording.read("api/\(name)"))
        #expect(!text.contains("hush"), "\(text)")
        let stub = try RunningWorkspace(
            Self.functions.merging(["api/\(name)": text]) { $1 }, flags: ["--api-stub", "api"])
        #expect(try stub.call("ctx.api", question, headers: [context]).json["data"] == "Bearer …")
    }

    @Test func errorsAreNotRecorded() throws {
        let api = try PlayedAPI { _ in .init(status: 401, body: #"{"type":"Error","data":[],"status":"error"}"#) }
        let workspace = try RunningWorkspace(
            Self.functions, flags: ["--api-record", "api"], environment: ["API_CLIENT_BASE_URL": api.address])
        #expect(try call(workspace, "{}").json["type"] == "Error")
        #expect(!FileManager.default.fileExists(atPath: "\(workspace.folder)/api"))
    }

    @Test func answersAreRecordedWithoutSecrets() throws {
        let api = try PlayedAPI { request in
            request.target == "/me" ? .init(body: #"{"type":"User","data":{"name":"Ada","apiToken":"hush"}}"#) : nil
        }
        let workspace = try RunningWorkspace(
            Self.functions, flags: ["--api-record", "recorded"], environment: ["API_CLIENT_BASE_URL": api.address])
        let context = #"{"accessToken":{"headerValue":"Bearer hush"}}"#
        let answer = try workspace.call(
            "ctx.api", #"{"headers":{"X-Own":"hush"}}"#, headers: [("Ingress-Context", context)])
        #expect(answer.json["data"]?["apiToken"] == "hush")
        let names = try FileManager.default.contentsOfDirectory(atPath: "\(workspace.folder)/recorded")
        let text = try #require(names.first.flatMap { workspace.read("recorded/\($0)") })
        #expect(names.count == 1 && !text.contains("hush"), "\(text)")
        workspace.stop(SIGTERM)
        // The recorded answer is used.
        let stub = try RunningWorkspace(
            Self.functions.merging(["recorded/\(names[0])": text]) { $1 }, environment: ["API_STUB": "recorded"])
        #expect(try call(stub, "{}").json["data"] == ["name": "Ada", "apiToken": "…"])
    }

    @Test func onlyWhatIsGrantedMayBeAsked() throws {
        let workspace = try RunningWorkspace(
            Self.functions.merging([
                "workspace.yaml": "api_stub: api\napi_access:\n  MyUser: true\n  Agent: [get, PATCH]\n",
                "api/all.json": #"""
                [{"rel":"MyUser","answer":1},{"rel":"Agent","answer":2},{"rel":"Agent","method":"DELETE","answer":3},
                 {"rel":"Asset","answer":4}]
                """#,
            ]) { $1 })
        #expect(try call(workspace, "{}").json == 1)
        #expect(try call(workspace, #"{"url":"Agent"}"#).json == 2)
        for (arguments, what) in [
            (#"{"url":"Agent","method":"delete"}"#, "DELETE Agent"), (#"{"url":"Asset"}"#, "GET Asset"),
        ] {
            let answer = try call(workspace, arguments)
            #expect(answer.status == 200 && answer.json["type"] == "Error" && answer.json["status"] == "error")
            #expect(answer.json["data"]?[0]?["message"] == .string("Access to \(what) is not granted"))
            try poll("the console says what to do") {
                workspace.console.contains("\(what) is not granted: add it") ? true : nil
            }
        }
    }

    @Test func grantsOfNothingGrantNothing() throws {
        let workspace = try RunningWorkspace(
            Self.functions.merging([
                "workspace.yaml": "api_stub: api\napi_access:\n  # MyUser: true\n",
                "api/a.json": #"{"rel":"MyUser","answer":1}"#,
            ]) { $1 })
        #expect(try call(workspace, "{}").json["type"] == "Error")
    }

    @Test func whatTheWorkerAsksItselfNeedsNoGrant() throws {
        let workspace = try RunningWorkspace(
            Self.functions.merging([
                "workspace.yaml": "api_stub: api\napi_access: {}\n", "context_values.yaml": "apiApplication: mine\n",
                "api/a.json": #"{"rel":"MyUser","answer":{"data":{"publicId":"u","name":"Ada","custom":{}}}}"#,
            ]) { $1 })
        let answer = try workspace.post(
            #"{"name":"ctx.dump","context":{"accessToken":{"headerValue":"Bearer abc"},"#
                + #""user":{"publicId":"u","name":"old"}}}"#)
        #expect(answer.json["user"]?["name"] == "Ada", "\(answer.body)")
    }

    @Test(arguments: [
        ("api_access: [MyUser]\n", "api_access in workspace.yaml"), ("api_access: {MyUser: 1}\n", "api_access: MyUser"),
        ("api_access: {MyUser: [FETCH]}\n", "true for all methods, or a list of GET"),
        ("api_stub: nowhere\n", "there is no folder"),
        ("api_stub: functions\napi_record: b\n", "--api-stub and --api-record are both set"),
    ])
    func wrongSettingsAreNamed(file: String, message: String) throws {
        let scratch = try ScratchWorkspace(Self.functions.merging(["workspace.yaml": file]) { $1 })
        let run = try WorkspaceCommandRun(["run", "--port", "0", "--functions", scratch.functions])
        #expect(try run.exitCode() == 2)
        #expect(run.output.contains(message), "\(run.output)")
    }
}
