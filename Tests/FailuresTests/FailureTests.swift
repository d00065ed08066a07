import Failures
import TestSupport
import Testing
import Values

@Suite(.supervised)
struct FailureTests {
    @Test func readsBackWhatItWrites() throws {
        let failure = Failure(
            .functionThrew, "boom", remedy: "Catch it.",
            location: SourcePlace(file: "functions/a.swift", line: 3, column: 7),
            details: ["extra": [1, 2]])
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
            "unsupported-content-type", "body-too-large", "invalid-request", "invalid-name", "function-not-found",
            "invalid-argument", "caller-gone", "object-access-denied", "object-not-found", "build-failed",
            "configuration-invalid", "function-threw",
            "function-crashed", "function-exited", "function-killed", "function-timed-out", "memory-exceeded",
            "invalid-result", "document-store-operation-failed", "document-store-unavailable", "build-takes-long",
            "queue-full", "stopping", "worker-unavailable", "internal-error",
        ]
        #expect(ErrorCode.allCases.map(\.rawValue) == codes)
    }

    @Test func everyCodeHasAStatusOfItsOrigin() {
        for code in ErrorCode.allCases {
            let isCallers = code.origin == .caller
            #expect((400..<500).contains(code.status) == isCallers, "\(code)")
        }
    }
}
