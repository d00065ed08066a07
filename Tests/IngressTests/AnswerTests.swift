import Failures
import NIOHTTP1
import TestSupport
import Testing
import Values

@testable import Ingress

@Suite(.supervised)
struct AnswerTests {
    @Test(arguments: [ErrorCode.queueFull, .buildTakesLong, .stopping])
    func whatIsOverSoonSaysWhenToComeAgain(code: ErrorCode) {
        let answer = Answer.failure(Failure(code, "Wait"), surface: .direct, activationID: .random())
        #expect(answer.status.code == 503)
        #expect(answer.headers.first(name: "Retry-After") == "1")
    }

    @Test(arguments: [(404 as Int64, 404), (599, 599), (200, 500), (700, 500)])
    func theAuthorsStatusCountsForCallsByPathIfItIsAnErrors(status: Int64, answered: Int) {
        let failure = Failure(.functionThrew, "No", details: ["status": .integer(status)])
        #expect(Answer.failure(failure, surface: .direct, activationID: .random()).status.code == answered)
        #expect(Answer.failure(failure, surface: .envelope, activationID: .random()).status.code == 500)
        let other = Failure(.invalidResult, "No", details: ["status": .integer(status)])
        #expect(Answer.failure(other, surface: .direct, activationID: .random()).status.code == 500)
    }
}
