import Foundation
import TestSupport
import Testing
import Values

/// Tests of the information that a function gets about its call.
@Suite(.supervised, .tags(.large), .workspace(ContextFixture.files))
struct ContextTests {
    private var workspace: RunningWorkspace { get throws { try SharedWorkspace.get() } }
    private let context = #"""
        {"user":{"publicId":"usr1","name":"Ada","permissions":["IGNORED"]},
        "agent":{"publicId":"agt1","name":"Router","custom":{"b":[1,2.0],"a":null},"permissions":["Q","P","Q"]},
        "company":null}
        """#

    @Test func bothSurfacesCarryTheContext() throws {
        let envelope = try workspace.post(#"{"name":"ctx.dump","context":\#(context)}"#)
        let direct = try workspace.call(
            "ctx.dump", headers: [("Ingress-Context", context.replacing("\n", with: ""))])
        #expect(envelope.status == 200)
        #expect(envelope.body == direct.body)
        #expect(
            envelope.json["user"] == ["public_id": "usr1", "name": "Ada", "custom_properties": [:], "permissions": nil])
        #expect(envelope.body.contains(#""custom_properties":{"b":[1,2.0],"a":null}"#))
        #expect(envelope.json["agent"]?["permissions"] == ["P", "Q"])
        #expect(envelope.json["company"] == .null)
        #expect(envelope.json["asset"] == .null)
    }

    @Test(arguments: [("company", "no company"), ("asset", "no asset"), ("documentStore", "no document store")])
    func aPartThatIsNotThereIsNamed(part: String, message: String) throws {
        let answer = try workspace.call("needs.\(part)")
        #expect(answer.status == 500)
        #expect(answer.error("code") == "function-threw")
        #expect(answer.error("message")?.string?.contains(message) == true, "\(answer.body)")
    }

    @Test func theDeadlineIsWhenTheCallIsEnded() throws {
        let left = try #require(try workspace.call("needs.secondsLeft").json.double)
        #expect(left > 30 && left <= 60)
    }
}

/// Tests of calls that take too long.
@Suite(.supervised, .tags(.large))
struct TimeoutTests {
    @Test func aCallThatTakesTooLongIsEnded() throws {
        let workspace = try RunningWorkspace(ContextFixture.files, flags: ["--function-timeout-ms", "300"])
        try workspace.waitUntilBuilt()
        let answer = try workspace.call("needs.forever")
        #expect(answer.status == 504)
        #expect(answer.error("code") == "function-timed-out")
        #expect(answer.error("message")?.string?.contains("0.3 seconds") == true)
        #expect(answer.error("location")?["file"] == "functions/needs.swift")
        #expect(try workspace.call("needs.secondsLeft").status == 200)
    }
}

enum ContextFixture {
    static let files = [
        "functions/ctx.swift": WireFixture.source("ctx"),
        "functions/needs.swift": """
        import CloudFunctions
        import FoundationEssentials

        @Exposed func company(_ context: FunctionContext) throws -> String { try context.require(\\.company).name }
        @Exposed func asset(_ context: FunctionContext) throws -> String { try context.require(\\.asset).name }
        @Exposed func documentStore(_ context: FunctionContext) async throws -> Bool {
            _ = try context.require(\\.documentStore)
            return true
        }
        @Exposed func secondsLeft(_ context: FunctionContext) throws -> Double {
            try context.require(\\.deadline).timeIntervalSinceNow
        }
        @Exposed func forever(_ context: FunctionContext) { while true {} }
        """,
    ]
}
