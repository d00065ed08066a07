import Failures
import FunctionContracts
import Invocations
import NIOCore
import NIOHTTP1
import Surfaces
import TestSupport
import Testing
import Values
import WorkerProtocol

@testable import Ingress

@Suite(.supervised)
struct PathsTests {
    private func parse(
        _ uri: String, _ body: String? = nil, context: String? = nil
    ) throws(Failure) -> Invocation {
        let headers: HTTPHeaders = context.map { ["Ingress-Context": $0] } ?? [:]
        let head = HTTPRequestHead(version: .http1_1, method: body == nil ? .GET : .POST, uri: uri, headers: headers)
        return try Paths().invocation(
            from: Request(head), body: ByteBuffer(string: body ?? ""), id: ActivationID(high: 1, low: 2))
    }

    private func arguments(_ invocation: Invocation) -> (json: String, areText: Bool)? {
        guard case .arguments(let json, let areText) = invocation.input else { return nil }
        return (String(buffer: json), areText)
    }

    @Test func takesABodyOrNone() throws {
        let call = try parse("/functions.a.b", #"{"n":5}"#, context: "{}")
        #expect(try call.target == FunctionName("functions.a.b"))
        #expect(call.id == ActivationID(high: 1, low: 2))
        #expect(arguments(call)?.json == #"{"n":5}"# && arguments(call)?.areText == false)
        #expect(String(buffer: call.context) == "{}")
        let empty = try parse("/functions.a.b")
        #expect(arguments(empty)?.json == "" && arguments(empty)?.areText == false)
        #expect(empty.context.readableBytes == 0)
    }

    @Test(
        arguments: [
            ("[]", nil, "The body must be a JSON object"), ("{", nil, "The body is not JSON"),
            ("{}", "1", "The Ingress-Context header must be a JSON object"),
            ("{}", "x", "The Ingress-Context header is not JSON"), ("{}", #"{"user":1}"#, "'context.user'"),
        ] as [(String, String?, String)])
    func namesWhatDoesNotFit(body: String, context: String?, expected: String) {
        let error = #expect(throws: Failure.self) { try parse("/functions.a.b", body, context: context) }
        #expect(error?.code == .invalidRequest)
        #expect(error?.message.contains(expected) == true, "\(error?.message ?? "")")
    }

    @Test func takesAQueryAsText() throws {
        let call = try parse("/functions.a%2Eb?n=5&t=a%22b")
        #expect(try call.target == FunctionName("functions.a.b"))
        #expect(arguments(call)?.json == #"{"n":"5","t":"a\"b"}"# && arguments(call)?.areText == true)
        #expect(throws: Failure.self) { try parse("/functions.a.b?n=5", context: #"{"user": 1}"#) }
    }

    @Test func theAuthorsStatusCountsIfItIsAnErrors() {
        for (status, expected) in [(404, 404), (599, 599), (200, 500), (700, 500)] as [(Int, UInt)] {
            let failure = Failure(.functionThrew, "No", details: .function(status: status, code: "c"))
            #expect(Paths().response(to: failure, id: .random()).status.code == expected)
            #expect(Calls().response(to: failure, id: .random()).status.code == 500)
            let other = Failure(.invalidResult, "No", details: .function(status: status, code: "c"))
            #expect(Paths().response(to: other, id: .random()).status.code == 500)
        }
    }
}
