import TestSupport
import Testing
import Values

/// Tests that run the examples of the article about the API.
@Suite(.supervised, .tags(.large))
struct ArticleTests {
    private let workspace: RunningWorkspace
    private let api: PlayedAPI

    init() throws {
        api = try PlayedAPI { request in
            let agents = { (names: [String], more: String) in
                let list = names.map {
                    #"{"publicId":"id-\#($0)","name":"\#($0)","activeVpnSession":\#($0 == "B" ? "{}" : "null")}"#
                }
                return
                    #"{"type":"Agent","data":[\#(list.joined(separator: ","))],"#
                    + #""moreAfter":\#(more),"status":"success"}"#
            }
            return switch request.target {
            case "/agents?fields=publicId%2Cname%2CactiveVpnSession&page-size=100":
                .init(body: agents(["C", "A"], #""next""#))
            case "/agents?fields=publicId%2Cname%2CactiveVpnSession&page-size=100&page-after=next":
                .init(body: agents(["B"], "null"))
            case "/me?fields=name%2CemailAddress":
                .init(
                    body: #"{"type":"User","data":{"name":"Ada","emailAddress":"ada@example.com"},"status":"success"}"#)
            default: nil
            }
        }
        let article = Document(path: "Sources/CloudFunctions/CloudFunctions.docc/AskingTheAPI.md")
        let files = try article.examples.enumerated().map { ("functions/example\($0).swift", $1) }
        workspace = try RunningWorkspace(
            Dictionary(uniqueKeysWithValues: files).merging([
                "context_values.yaml": "mail: {recipients: [a@example.com], subjectPrefix: 'Pumps: '}\n"
            ]) { $1 }, environment: ["API_CLIENT_BASE_URL": api.address, "DOCUMENT_STORE": "mongod"])
    }

    @Test func devicesAreListedPageByPage() throws {
        let all = try workspace.call("example0.devices")
        #expect(all.json.array?.map { $0["name"] } == ["A", "B", "C"], "\(all.body)")
        #expect(
            try workspace.call("example0.devices", #"{"onlineOnly":true}"#).json == [
                ["publicId": "id-B", "name": "B", "isOnline": true]
            ])
        #expect(api.requests.count == 4)
    }

    @Test func aMailIsPutIntoTheOutbox() throws {
        let context = ("Ingress-Context", #"{"company":{"publicId":"c","name":"C"}}"#)
        let mail = try workspace.call(
            "example1.send_mail", #"{"subject":"Oil","message":"It leaks."}"#, headers: [context])
        #expect(
            mail.json == [
                "to": ["a@example.com"], "subject": "Pumps: Oil", "text": "It leaks.\n\nAda, ada@example.com",
            ], "\(mail.body)")
        let empty = try workspace.call("example1.send_mail", #"{"subject":"Oil","message":""}"#, headers: [context])
        #expect(empty.status == 400 && empty.error("functionCode") == "no-message")
    }
}
