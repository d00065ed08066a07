import Dispatch
import TestSupport
import Testing
import Values

/// Tests of the requests that functions send to the cloud's API, as an HTTP server sees them.
@Suite(.supervised, .tags(.large))
struct APIClientTests {
    private static let files = ["functions/ctx.swift": WireFixture.source("ctx"), "context_values.yaml": "{}\n"]
    private let api: PlayedAPI
    private let workspace: RunningWorkspace

    init() throws {
        api = try PlayedAPI { request in
            switch request.target.prefix(while: { $0 != "?" }) {
            case "/me": .init(body: #"{"type":"User","data":{"name":"Ada"},"status":"success"}"#)
            case "/agents/a%2F1":
                .init(status: 409, body: #"{"type":"Error","data":[{"message":"busy"}],"status":"error"}"#)
            case "/agents": .init(body: "not JSON")
            case "/company": nil
            default: .init(status: 204, body: "")
            }
        }
        workspace = try RunningWorkspace(Self.files, environment: ["API_CLIENT_BASE_URL": api.address])
    }

    private func call(_ arguments: String, context: String = "{}") throws -> HTTPExchange.Answer {
        try workspace.post(#"{"name":"ctx.api","arguments":\#(arguments),"context":\#(context)}"#)
    }

    @Test func theCallsRightsAreSentAlong() throws {
        let answer = try call(
            "{}",
            context: #"""
                {"accessToken":{"headerValue":"Bearer abc"},"apiApplication":{"publicId":"app1","name":"n"},
                "company":{"publicId":"1111-2222","name":"Acme"}}
                """#)
        #expect(answer.json == ["type": "User", "data": ["name": "Ada"], "status": "success"])
        let request = try #require(api.requests.first)
        #expect(request.method == "GET" && request.target == "/me" && request.body.isEmpty)
        let expected = [
            "api-version": "2", "api-application": "app1", "api-company": "1111-2222", "authorization": "Bearer abc",
        ]
        for (name, value) in expected { #expect(request.headers[name] == value, "\(request.headers)") }
        // The discovery needs no rights.
        let discovery = try #require(api.discoveries.first)
        #expect(discovery.headers["api-version"] == "2" && discovery.headers["authorization"] == nil)
    }

    @Test func aCallWithoutRightsSendsNone() throws {
        _ = try call("{}")
        let headers = try #require(api.requests.first?.headers)
        #expect(headers["api-version"] == "2")
        for name in ["api-application", "api-company", "authorization", "cookie"] { #expect(headers[name] == nil) }
    }

    @Test(arguments: ["get", "post", "put", "patch", "delete", "options"])
    func eachMethodIsSent(method: String) throws {
        let answer = try call(
            #"""
            {"method":"\#(method)","url":"Asset","url_args":{"publicId":"x y"},"data":{"b":1,"a":[null,"é"]},
            "query":{"fields":["name","custom"],"page-size":50,"all":true,"none":null,"q":"a&b=c"},
            "headers":{"api-version":"3","X-Own":"1"}}
            """#)
        #expect(answer.json == ["type": "Error", "data": [["message": ""]], "status": "error"])
        let request = try #require(api.requests.first)
        #expect(request.method == method.uppercased())
        #expect(request.target == "/assets/x%20y?fields=name&fields=custom&page-size=50&all=true&q=a%26b%3Dc")
        #expect(request.headers["api-version"] == "3" && request.headers["x-own"] == "1")
        if ["get", "options"].contains(method) {
            #expect(request.body.isEmpty)
        } else {
            #expect(request.body == #"{"b":1,"a":[null,"é"]}"#)
            #expect(request.headers["content-type"] == "application/json")
        }
    }

    @Test func anErrorOfTheAPIIsAnAnswer() throws {
        let busy = try call(#"{"url":"Agent","url_args":{"publicId":"a/1"}}"#)
        #expect(busy.json == ["type": "Error", "data": [["message": "busy"]], "status": "error"])
        let text = try call(#"{"url":"AgentList"}"#)
        #expect(text.json == ["type": "Error", "data": [["message": "not JSON"]], "status": "error"])
        let missing = try call(#"{"url":"MyCompany"}"#)
        #expect(missing.json["data"]?[0]?["message"] == "there is no such thing")
    }

    @Test func aResourceThatIsNotThereIsAnsweredWithTheNearest() throws {
        let answer = try call(#"{"url":"MyUsr"}"#)
        #expect(answer.status == 500)
        #expect(answer.error("code") == "function-threw")
        #expect(answer.error("message") == "The API has no resource 'MyUsr'")
        #expect(answer.error("remedy") == "Did you mean MyUser?")
        let part = try call(#"{"url":"Agent"}"#)
        #expect(part.error("message")?.string?.contains("needs a value for 'publicId'") == true, "\(part.body)")
    }

    @Test func aRedirectionIsNotFollowed() throws {
        let elsewhere = try PlayedAPI { _ in .init(body: "{}") }
        let redirecting = try PlayedAPI { _ in .init(status: 307, body: "{}", location: elsewhere.address + "me") }
        let workspace = try RunningWorkspace(Self.files, environment: ["API_CLIENT_BASE_URL": redirecting.address])
        let context = #"{"accessToken":{"headerValue":"Bearer abc"}}"#
        let answer = try workspace.call(
            "ctx.api", #"{"method":"post","data":1}"#, headers: [("Ingress-Context", context)])
        #expect(answer.status == 200 && answer.json == [:], "\(answer)")
        #expect(redirecting.requests.count == 1)
        #expect(elsewhere.requests.isEmpty && elsewhere.discoveries.isEmpty)
    }

    @Test func whatIsNoHeaderAndNoPartOfAPathIsRefused() throws {
        for (arguments, context) in [
            (#"{"headers":{"X-Own":"a\r\nX-Other: b"}}"#, "{}"),
            ("{}", #"{"accessToken":{"headerValue":"Bearer a\nX-Other: b"}}"#),
            (#"{"url":"Asset","url_args":{"publicId":".."}}"#, "{}"), (#"{"query":{"a":{}}}"#, "{}"),
        ] {
            let answer = try call(arguments, context: context)
            #expect(answer.status == 500 && answer.error("code") == "function-threw", "\(answer.body)")
        }
        #expect(api.requests.isEmpty)
    }

    @Test func anAPIThatTakesTooLongIsNamed() throws {
        let isOver = DispatchSemaphore(value: 0)
        defer { isOver.signal() }
        let slow = try PlayedAPI { _ in
            isOver.wait()
            return nil
        }
        let workspace = try RunningWorkspace(
            Self.files, flags: ["--api-timeout-ms", "500"], environment: ["API_CLIENT_BASE_URL": slow.address])
        let answer = try workspace.call("ctx.api")
        #expect(answer.status == 500)
        #expect(answer.error("message")?.string?.contains("me has no answer") == true, "\(answer.body)")
    }

    @Test func theDiscoveryIsAskedForOnce() throws {
        for _ in 1...5 { _ = try call("{}") }
        #expect(api.requests.count == 5)
        // Once for each worker that served one of the calls.
        #expect((1...2).contains(api.discoveries.count))
    }

    @Test func anAPIThatDoesNotAnswerIsNamed() throws {
        let port = try HTTPExchange.freePort()
        let workspace = try RunningWorkspace(
            Self.files, environment: ["API_CLIENT_BASE_URL": "http://127.0.0.1:\(port)/"])
        let answer = try workspace.call("ctx.api")
        #expect(answer.status == 500)
        #expect(
            answer.error("message")?.string?.contains("GET http://127.0.0.1:\(port)/ has no answer") == true,
            "\(answer.body)")
    }
}
