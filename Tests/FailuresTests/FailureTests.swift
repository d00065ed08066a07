import Failures
import TestSupport
import Testing
import Values

@Suite(.supervised)
struct FailureTests {
    @Test func readsBackWhatItWrites() throws {
        let failure = Failure(
            .functionThrew, "boom", remedy: "Catch it.",
            location: SourcePlace(file: "functions/a.swift", line: 3, column: 7), cause: "the last words",
            details: .function(status: 418, code: "teapot"))
        #expect(Failure(json: failure.json) == failure)
    }

    @Test func refusesAnObjectWithoutCode() {
        #expect(Failure(json: ["message": "x"]) == nil)
        #expect(Failure(json: ["code": "no-such-code", "message": "x"]) == nil)
    }

    /// Callers rely on the codes.
    @Test func theCodesStayWhatTheyAre() {
        let codes = [
            "unauthorized", "host-not-allowed", "origin-not-allowed", "path-not-found", "method-not-allowed",
            "unsupported-content-type", "head-too-large", "body-too-large", "invalid-request", "invalid-name",
            "function-not-found",
            "invalid-argument", "caller-gone", "object-access-denied", "object-not-found", "build-failed",
            "configuration-invalid", "function-threw",
            "function-crashed", "function-exited", "function-killed", "function-timed-out", "memory-exceeded",
            "invalid-result", "document-store-operation-failed", "document-store-unavailable", "build-takes-long",
            "queue-full", "stopping", "worker-unavailable", "internal-error", "cannot-run", "invalid-setting",
            "invalid-data",
        ]
        #expect(ErrorCode.allCases.map(\.rawValue) == codes)
    }

    @Test func everyCodeHasAStatusOfItsOrigin() {
        for code in ErrorCode.allCases {
            let isCallers = code.origin == .caller
            #expect((400..<500).contains(code.status) == isCallers, "\(code)")
        }
    }

    @Test(
        arguments: [
            (.none, [:]),
            (.violations([.init(path: "a", message: "m")]), ["violations": [["path": "a", "message": "m"]]]),
            (
                .documentStore(codeName: "DuplicateKey", writeErrors: [.init(index: 1, code: 11000, message: "m")]),
                ["codeName": "DuplicateKey", "writeErrors": [["index": 1, "code": 11000, "message": "m"]]]
            ),
            (.documentStore(codeName: "DuplicateKey", writeErrors: []), ["codeName": "DuplicateKey"]),
            (.nearest(["a", "b"]), ["nearest": ["a", "b"]]), (.allowedMethods("GET"), ["allow": "GET"]),
        ] as [(Failure.Details, JSONObject)])
    func detailsAreMembersOfTheErrorObject(details: Failure.Details, members: JSONObject) {
        let failure = Failure(.internalError, "m", details: details)
        #expect(failure.json == JSONObject([("code", "internal-error"), ("message", "m")] + members.map { ($0, $1) }))
        #expect(Failure(json: failure.json) == failure)
    }

    @Test func aBuildsDetailsAreItsDiagnostics() {
        let diagnostic = Diagnostic(.error, "m", at: .init(file: "f", line: 1))
        let failure = Failure(.buildFailed, "m", details: .build([diagnostic]))
        #expect(failure.details.diagnostics == [diagnostic])
        #expect(failure.json["diagnostics"]?.array?.count == 1)
    }

    @Test func knowsWhetherItIsLong() {
        let details: [Failure.Details] = [
            .function(status: 1, code: "12345"), .violations([.init(path: "12", message: "345")]),
            .documentStore(codeName: nil, writeErrors: [.init(index: 0, code: 0, message: "12345")]),
            .build([Diagnostic(.error, "12345")]), .nearest(["12", "345"]), .allowedMethods("12345"),
        ]
        for details in details {
            let failure = Failure(.internalError, "12", remedy: "3", cause: "4", details: details)
            #expect(!failure.isLonger(than: 9) && failure.isLonger(than: 8))
        }
    }

    @Test func theCommandLineShowsTheRemedyToo() {
        #expect("\(Failure(.cannotRun, "It is so", remedy: "Do that."))" == "It is so. Do that.")
        #expect("\(Failure(.cannotRun, "It is so"))" == "It is so")
        #expect(ErrorCode.invalidSetting.exitCode == 2 && ErrorCode.cannotRun.exitCode == 1)
    }
}
