import Failures
import FunctionContracts
import Invocations
import NIOCore
import TestSupport
import Testing

@testable import Ingress

@Suite(.supervised)
struct EnvelopeTests {
    private func parse(_ body: String) throws(Failure) -> Envelope {
        try Envelope(ByteBuffer(string: body))
    }

    @Test func takesTheEnvelopesParts() throws {
        let call = try parse(
            #" {"arguments": {"a": 1}, "name": "example.greet", "other": [1], "#
                + #""config": {"k": {}}, "context": {"user": null}} "#)
        #expect(call.name == (try FunctionName("example.greet")))
        #expect(String(buffer: call.arguments) == #"{"a": 1}"#)
        #expect(String(buffer: call.overrides.config) == #"{"k": {}}"#)
        #expect(String(buffer: call.context) == #"{"user": null}"#)
        #expect(call.overrides.internalConfig.readableBytes == 0)
    }

    @Test func readsEscapedNamesAndKeys() throws {
        let call = try parse(#"{"n\u0061me": "ex\u0061mple.greet"}"#)
        #expect(call.name.displayed == "example.greet")
    }

    @Test(arguments: [
        ("", "not JSON"), ("{\"name\": ", "not JSON"), ("[]", "must be a JSON object"), ("1", "must be a JSON object"),
        (#"{"name": null}"#, "'name'"), (#"{"name": ["a"]}"#, "'name'"),
        (#"{"name":"a.b","arguments":[]}"#, "'arguments'"),
        (#"{"name":"a.b","arguments":null}"#, "'arguments'"), (#"{"name":"a.b","config":null}"#, "'config'"),
        (#"{"name":"a.b","context":"x"}"#, "'context'"),
        (#"{"name":"a.b","context":{"company":"x"}}"#, "'context.company'"),
        (#"{"name":"a.b","context":{"company":{"name":"x"}}}"#, "'context.company.publicId'"),
        (
            #"{"name":"a.b","context":{"agent":{"publicId":"1","name":"x","permissions":null}}}"#,
            "'context.agent.permissions'"
        ),
        (
            #"{"name":"a.b","context":{"asset":{"publicId":"1","name":"x","permissions":["a",1]}}}"#,
            "'context.asset.permissions[1]' must be text, not"
        ),
        (#"{"name":"a.b","context":{"user":{"publicId":"1","name":2}}}"#, "'context.user.name' must be text, not"),
        (#"{"name":"a.b","context":{"user":{"publicId":"1","name":"x","custom":[]}}}"#, "'context.user.custom'"),
        (#"{"name":"a.b","context":{"accessToken":"x"}}"#, "'context.accessToken' must be an object"),
        (#"{"name":"a.b","internalConfig":[]}"#, "'internalConfig'"),
        (#"{"name":"a.b","internalConfig":{"dbConfig":{"uri":"x"}}}"#, "'internalConfig.dbConfig.username'"),
    ])
    func namesWhatDoesNotFit(body: String, expected: String) {
        let error = #expect(throws: Failure.self) { try parse(body) }
        #expect(error?.code == .invalidRequest)
        #expect(error?.message.contains(expected) == true, "\(error?.message ?? "")")
    }

    @Test(arguments: [
        #""context":{"user":null,"accessToken":null}"#, #""context":{"accessToken":{}}"#,
        #""context":{"user":{"publicId":"1","name":"x","permissions":null,"custom":null}}"#,
        #""context":{"agent":{"publicId":"1","name":"x","permissions":["a"],"custom":{}},"other":1}"#,
        #""internalConfig":{}"#, #""internalConfig":{"dbConfig":{}}"#, #""internalConfig":{"dbConfig":1}"#,
        #""internalConfig":{"dbConfig":{"uri":"x","username":"","password":"y"}}"#,
    ])
    func takesWhatFits(part: String) throws {
        let call = try parse(#"{"name":"a.b",\#(part)}"#)
        #expect(call.context.readableBytes + call.overrides.internalConfig.readableBytes > 0)
    }
}
