import Failures
import NIOHTTP1
import Surfaces
import TestSupport
import Testing
import WorkerProtocol

@Suite(.supervised)
struct ResponseTests {
    @Test(arguments: [ErrorCode.queueFull, .buildTakesLong, .stopping])
    func whatIsOverSoonSaysWhenToComeAgain(code: ErrorCode) {
        let response = Response.error(Failure(code, "Wait"), status: code.status, id: .random())
        #expect(response.status.code == 503)
        #expect(response.headers.first(name: "Retry-After") == "1")
    }
}
