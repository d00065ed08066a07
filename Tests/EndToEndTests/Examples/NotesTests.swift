import Foundation
import TestSupport
import Testing
import Values

/// Tests of the logbook that comes with the project, as its callers use it.
@Suite(.supervised, .tags(.large), .workspace(NotesFixture.files, documentStore: "mongod"))
struct NotesTests {
    private var workspace: RunningWorkspace { get throws { try SharedWorkspace.get() } }

    /// The context of a call; each test has a company, and therefore a database, of its own.
    private struct Caller {
        var company = "company-\(UUID().uuidString.prefix(8))"
        var user = "ada"
        var subject = #""asset":{"publicId":"pump1","name":"Pump","permissions":[]}"#

        var header: (String, String) {
            (
                "Ingress-Context",
                #"{"company":{"publicId":"\#(company)","name":"C"},"user":{"publicId":"\#(user)","#
                    + #""name":"\#(user.capitalized)"},\#(subject)}"#
            )
        }

        func with(user: String? = nil, subject: String? = nil) -> Caller {
            Caller(company: company, user: user ?? self.user, subject: subject ?? self.subject)
        }
    }

    private func call(_ name: String, _ arguments: JSONObject = [:], _ caller: Caller) throws -> HTTPExchange.Answer {
        try workspace.call("notes.\(name)", JSONValue.object(arguments).jsonString(), headers: [caller.header])
    }

    private func add(_ text: String, _ caller: Caller) throws -> JSONValue {
        let answer = try call("add", ["text": .string(text)], caller)
        #expect(answer.status == 200, "\(answer.body)")
        return answer.json
    }

    private func texts(_ caller: Caller) throws -> [String?] {
        try call("list", [:], caller).json.array?.map { $0["text"]?.string } ?? []
    }

    @Test func notesAreListedTheNewestFirst() throws {
        let ada = Caller()
        let note = try add("Oil changed", ada)
        _ = try add("Filter replaced", ada.with(user: "bob"))
        #expect(note["author"] == "ada")
        #expect(note["authorName"] == "Ada")
        #expect(note["subject"] == "pump1")
        #expect(note["createdOn"]?.string?.hasSuffix("Z") == true)
        #expect(try texts(ada) == ["Filter replaced", "Oil changed"])
        #expect(try call("list", ["limit": 1], ada).json.array?.count == 1)
    }

    @Test func eachAssetAgentAndCompanyHasALogbookOfItsOwn() throws {
        let asset = Caller()
        let agent = asset.with(subject: #""agent":{"publicId":"router1","name":"Router"}"#)
        let note = try add("On the asset", asset)
        _ = try add("On the agent", agent)
        #expect(try texts(asset) == ["On the asset"])
        #expect(try texts(agent) == ["On the agent"])
        #expect(try texts(Caller()) == [])
        let foreign = try call("remove", ["id": note["_id"] ?? .null], agent)
        #expect(foreign.error("message")?.string?.contains("There is no note") == true)
    }

    @Test func onlyTheAuthorEdits() throws {
        let ada = Caller()
        let id = try add("Oil chnaged", ada)["_id"] ?? .null
        let refused = try call("edit", ["id": id, "text": "mine"], ada.with(user: "bob"))
        #expect(refused.error("message") == "Only Ada may edit this note")
        let edited = try call("edit", ["id": id, "text": "Oil changed"], ada).json
        #expect(edited["editedOn"]?.string != nil)
        #expect(try texts(ada) == ["Oil changed"])
    }

    @Test func theAuthorAndWhoManagesThePageRemove() throws {
        let ada = Caller()
        let ids = try (1...3).map { try add("Note \($0)", ada)["_id"] ?? .null }
        let bob = ada.with(user: "bob")
        #expect(try call("remove", ["id": ids[0]], bob).error("message")?.string?.contains("may remove") == true)
        let manager = bob.with(subject: #""asset":{"publicId":"pump1","name":"Pump","permissions":["MANAGE_ASSET"]}"#)
        #expect(try call("remove", ["id": ids[0]], manager).json == .null)
        #expect(try call("remove", ["id": ids[1]], ada).status == 200)
        #expect(try texts(ada) == ["Note 3"])
    }

    @Test func whatIsMissingOrWrongIsNamed() throws {
        let ada = Caller()
        let empty = try call("add", ["text": " \n"], ada)
        #expect(empty.error("message") == "A note needs some text")
        #expect(empty.error("functionCode") == "bad-text")
        #expect(empty.error("location")?["file"] == "functions/notes.swift")
        let long = String(repeating: "x", count: 2_001)
        #expect(try call("add", ["text": .string(long)], ada).error("message")?.string?.contains("2,000") == true)
        for limit in [0, -1, 501] as [JSONValue] {
            #expect(try call("list", ["limit": limit], ada).error("message")?.string?.contains("1 to 500") == true)
        }
        #expect(try call("edit", ["id": "123", "text": "x"], ada).error("code") == "invalid-argument")
        #expect(
            try call("list", [:], ada.with(subject: #""agent":null"#)).error("message")?.string?
                .contains("neither an agent nor an asset") == true)
        #expect(try workspace.call("notes.list").error("code") == "function-threw")
    }

    @Test func itIsUsedFromThePage() throws {
        let (workspace, browser) = (try workspace, try Browser())
        let page = try browser.open("http://127.0.0.1:\(workspace.port)/#functions.notes.add")
        try page.wait("!document.getElementById('function').hidden")
        try page.evaluate(
            """
            (p => { p.value = 'user-company-asset'; p.dispatchEvent(new Event('change')); })
            (document.getElementById('preset'))
            """)
        try page.type(#"{"text": "Written on the page"}"#, into: "#arguments")
        try page.click("#call")
        try page.wait(for: #""authorName": "Ada Lovelace""#, in: "#result")
        try page.click("a[data-path='functions.notes.list']")
        try page.wait("document.getElementById('function-path').textContent.endsWith('list')")
        try page.click("#call")
        try page.wait(for: "Written on the page", in: "#result")
        #expect(page.complaints == [])
    }
}

/// The project's own logbook.
enum NotesFixture {
    static var files: [String: String] {
        let path = "functions/notes.swift"
        let source = try? String(contentsOfFile: inPackage(path), encoding: .utf8)
        return [path: source ?? "", "context_values.yaml": ""]
    }
}
