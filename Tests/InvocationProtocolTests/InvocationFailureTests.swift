import InvocationProtocol
import Testing
import Values

struct InvocationFailureTests {
    @Test func readsBackWhatItWrites() throws {
        let failure = InvocationFailure(
            .functionThrew, "boom", remedy: "Catch it.",
            location: SourcePlace(file: "functions/a.swift", line: 3, column: 7),
            details: ["extra": [1, 2]])
        #expect(InvocationFailure(json: failure.json) == failure)
    }

    @Test func refusesAnObjectWithoutCode() {
        #expect(InvocationFailure(json: ["message": "x"]) == nil)
        #expect(InvocationFailure(json: ["code": "no-such-code", "message": "x"]) == nil)
    }

    @Test func everyCodeHasAStatusOfItsOrigin() {
        for code in ErrorCode.allCases {
            let isCallers = code.origin == .caller
            #expect((400..<500).contains(code.status) == isCallers, "\(code)")
        }
    }
}
