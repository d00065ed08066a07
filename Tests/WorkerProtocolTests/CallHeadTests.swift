import TestSupport
import Testing
import WorkerProtocol

@Suite(.supervised)
struct CallHeadTests {
    private let head = CallHead(
        functionIndex: 42, deadlineMilliseconds: 1,
        argumentsAreText: true, argumentsLength: 3, contextLength: 0, configLength: 2, internalConfigLength: 1)

    @Test func decodesWhatItEncodes() throws {
        let payload = head.encoded + Array("abcdef".utf8)
        #expect(head.encoded.count == CallHead.size)
        #expect(try CallHead(decoding: payload.span) == head)
    }

    @Test(arguments: 0..<16) func carriesEachFlag(flags: Int) throws {
        let head = CallHead(
            functionIndex: 0, argumentsAreText: flags & 1 != 0, isDescription: flags & 2 != 0,
            checksArguments: flags & 4 != 0, recordsOperations: flags & 8 != 0)
        #expect(try CallHead(decoding: head.encoded.span) == head)
        #expect(head.encoded[4..<8] == [UInt8(flags), 0, 0, 0])
    }

    @Test func hasNoFlagsAndSectionsByDefault() {
        let head = CallHead(functionIndex: 7)
        #expect(head.encoded == [7] + [UInt8](repeating: 0, count: 31))
    }

    @Test func namesWhereItsSectionsLie() {
        let sections = head.sections
        #expect(sections.arguments == 32..<35)
        #expect(sections.context == 35..<35)
        #expect(sections.config == 35..<37)
        #expect(sections.internalConfig == 37..<38)
        let others = CallHead(functionIndex: 0, contextLength: 5, internalConfigLength: 2)
            .sections
        #expect(others.arguments == 32..<32 && others.context == 32..<37)
        #expect(others.config == 37..<37 && others.internalConfig == 37..<39)
    }

    @Test(arguments: [0, 31, 32, 37, 39])
    func refusesAPayloadOfAnotherLength(length: Int) {
        let payload = Array((head.encoded + Array("abcdefgh".utf8)).prefix(length))
        #expect(throws: ProtocolError.truncated) { try CallHead(decoding: payload.span) }
    }

    @Test func writesActivationsAsHexadecimalDigits() {
        let id = ActivationID(high: 0x0123_4567_89AB_CDEF, low: .max)
        #expect(id.description == "0123456789abcdefffffffffffffffff")
        #expect(ActivationID.random() != ActivationID.random())
    }
}
