import TestSupport
import Testing
import Values

/// Tests of `apiApplication` in the configuration: another application's view of the call's resources.
@Suite(.supervised, .tags(.large))
struct ApplicationTests {
    private let api: PlayedAPI
    private let files = [
        "functions/ctx.swift": WireFixture.source("ctx"), "context_values.yaml": "apiApplication: mine\n",
    ]
    private let context = #"""
        {"accessToken":{"headerValue":"Bearer abc"},"apiApplication":{"publicId":"app1","name":"n"},
        "user":{"publicId":"u","name":"old","custom":{"a":1}},
        "company":{"publicId":"c","name":"old","custom":{"a":1},"permissions":["P"]},
        "agent":{"publicId":"agt1","name":"old","permissions":["Q"]},
        "asset":{"publicId":"ast1","name":"old","custom":{"a":1}},
        "template":{"publicId":"t","name":"T","custom":{"t":1}}}
        """#

    init() throws {
        api = try PlayedAPI { request in
            guard request.headers["api-application"] == "mine" else { return .init(status: 403, body: "another") }
            return switch request.target {
            case "/me?fields=custom%2Cname": .init(body: Self.resource("u", "Ada"))
            case "/company?fields=custom%2Cname": .init(body: Self.resource("c", "Acme"))
            case "/agents/agt1?fields=custom%2Cname": .init(body: Self.resource("agt1", "Router"))
            case "/assets/ast1?fields=custom%2Cname": .init(body: Self.resource("ast1", "Pump"))
            case "/assets/secret?fields=custom%2Cname":
                .init(status: 403, body: #"{"type":"Error","data":[{"message":"not yours"}],"status":"error"}"#)
            default: nil
            }
        }
    }

    private static func resource(_ id: String, _ name: String) -> String {
        #"{"type":"X","data":{"publicId":"\#(id)","name":"\#(name)","custom":{"mine":true}},"status":"success"}"#
    }

    @Test func itsCustomPropertiesAreReadAnew() throws {
        let workspace = try RunningWorkspace(files, environment: ["API_CLIENT_BASE_URL": api.address])
        let dump = try workspace.post(#"{"name":"ctx.dump","context":\#(context)}"#).json
        for (kind, name) in [("user", "Ada"), ("company", "Acme"), ("agent", "Router"), ("asset", "Pump")] {
            #expect(dump[kind]?["name"]?.string == name, "\(dump)")
            #expect(dump[kind]?["custom_properties"] == ["mine": true])
        }
        #expect(dump["company"]?["permissions"] == ["P"] && dump["agent"]?["permissions"] == ["Q"])
        #expect(dump["template"]?["custom_properties"] == ["t": 1])
        #expect(
            api.requests.allSatisfy { $0.headers["authorization"] == "Bearer abc" && $0.headers["api-company"] == "c" })
    }

    @Test func withoutATokenOnlyTheApplicationIsAnother() throws {
        let workspace = try RunningWorkspace(files, environment: ["API_CLIENT_BASE_URL": api.address])
        let answer = try workspace.post(
            #"{"name":"ctx.api","context":{"user":{"publicId":"u","name":"old"}},"#
                + #""arguments":{"query":{"fields":"custom,name"}}}"#)
        #expect(answer.json["data"]?["name"] == "Ada", "\(answer.body)")
        #expect(api.requests.count == 1)
    }

    @Test func aRefusalIsAnErrorThatNamesTheSetting() throws {
        let workspace = try RunningWorkspace(files, environment: ["API_CLIENT_BASE_URL": api.address])
        let answer = try workspace.post(
            #"{"name":"ctx.dump","context":\#(context.replacing("ast1", with: "secret"))}"#)
        #expect(answer.status == 500)
        let message = try #require(answer.error("message")?.string)
        #expect(
            message.contains("'Asset'") && message.contains("apiApplication") && message.contains("not yours"),
            "\(message)")
    }

    @Test func inProductionItMeansNothing() throws {
        let signer = Signer()
        let workspace = try RunningWorkspace(
            files,
            environment: [
                "API_CLIENT_BASE_URL": api.address, "PRODUCTION_MODE": "true", "CBC_SIGNATURE_PUBLIC_KEYS": signer.pem,
            ])
        let members = #","config":{"apiApplication":"mine"},"context":\#(context)"#
        let dump = try signer.post(Signer.body("ctx.dump", members), to: workspace)
        #expect(dump.json["user"]?["name"] == "old", "\(dump.body)")
        #expect(api.requests.isEmpty)
    }
}
