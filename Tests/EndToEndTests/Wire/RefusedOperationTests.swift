import TestSupport
import Testing
import Values

/// Tests of the caller's view of operations that MongoDB refuses, and of MongoDB's values.
@Suite(.supervised, .tags(.large), .workspace(WireFixture.files, documentStore: "mongod"))
struct RefusedOperationTests {
    private let context = #"{"company":{"publicId":"c","name":"C"}}"#

    @Test func anOperationThatMongoDBRefusesIsAnAnswer() throws {
        let workspace = try SharedWorkspace.get()
        let arguments = #"{"filter":{"k":{"$bogus":1}}}"#
        let envelope = try workspace.post(#"{"name":"docs.find","arguments":\#(arguments),"context":\#(context)}"#)
        #expect(envelope.status == 200)
        #expect(envelope.json == "Document DB operation failure: BadValue")
        #expect(envelope.headers["ingress-error"] == "document-store-operation-failed")
        let direct = try workspace.call("docs.find", arguments, headers: [("Ingress-Context", context)])
        #expect(direct.status == 500)
        #expect(direct.error("code") == "document-store-operation-failed")
        #expect(direct.error("codeName") == "BadValue")
        let form = try workspace.post(
            "function=docs.find&company__public_id=c&company__name=C&function_args__key0=filter"
                + "&function_args__value0=%7B%22k%22:%7B%22%24bogus%22:1%7D%7D",
            headers: [("Content-Type", "application/x-www-form-urlencoded")])
        #expect(form.status == 200 && form.headers["ingress-error"] == "document-store-operation-failed")
        #expect(form.body.contains("Document DB operation failure: BadValue"), "\(form)")
    }

    @Test func anIdentityIsItsDigits() throws {
        let answer = try SharedWorkspace.get().post(
            #"{"name":"docs.insert_one","arguments":{"doc":{"k":1}},"context":\#(context)}"#)
        #expect(try answer.json.string?.wholeMatch(of: Regex("[0-9a-f]{24}")) != nil, "\(answer.body)")
    }

    @Test func withoutACompanyThereIsNoStore() throws {
        let answer = try SharedWorkspace.get().post(#"{"name":"docs.find"}"#)
        #expect(answer.status == 500)
        #expect(answer.error("message")?.string?.contains("no company") == true, "\(answer.body)")
    }
}
