import TestSupport
import Testing
import WorkerProtocol

@Suite(.supervised)
struct CallHeadTests {
    private let head = CallHead(
        functionIndex: 42, activationID: ActivationID(high: 0x0123_4567_89AB_CDEF, low: .max), deadlineMilliseconds: 1,
        argumentsAreText: true, argumentsLength: 3, contextLength: 0, configLength: 2, internalConfigLength: 1)

    @Test func decodesWhatItEncodes() throws {
        let payload = head.encoded + Array("abcdef".utf8)
        #expect(head.encoded.count == CallHead.size)
        #expect(try CallHead(decoding: payload.span) == head)
    }

    @Test(arguments: 0..<8) func carriesEachFlag(flags: Int) throws {
        let head = CallHead(
            functionIndex: 0, activationID: .random(), argumentsAreText: flags & 1 != 0, isDescription: flags & 2 != 0,
            checksArguments: flags & 4 != 0)
        #expect(try CallHead(decoding: head.encoded.span) == head)
        #expect(head.encoded[4..<8] == [UInt8(flags), 0, 0, 0])
    }

    @Test func hasNoFlagsAndSectionsByDefault() {
        let head = CallHead(functionIndex: 7, activationID: ActivationID(high: 0, low: 0))
        #expect(head.encoded == [7] + [UInt8](repeating: 0, count: 47))
    }

    @Test func namesWhereItsSectionsLie() {
        let sections = head.sections
        #expect(sections.arguments == 48..<51)
        #expect(sections.context == 51..<51)
        #expect(sections.config == 51..<53)
        #expect(sections.internalConfig == 53..<54)
        let others = CallHead(functionIndex: 0, activationID: .random(), contextLength: 5, internalConfigLength: 2)
            .sections
        #expect(others.arguments == 48..<48 && others.context == 48..<53)
        #expect(others.config == 53..<53 && others.internalConfig == 53..<55)
    }

    @Test(arguments: [0, 47, 48, 53, 55])
    func refusesAPayloadOfAnotherLength(length: Int) {
        let payload = Array((head.encoded + Array("abcdefgh".utf8)).prefix(length))
        #expect(throws: ProtocolError.truncated) { try CallHead(decoding: payload.span) }
    }

    @Test func writesActivationsAsHexadecimalDigits() {
        #expect(head.activationID.description == "0123456789abcdefffffffffffffffff")
        #expect(ActivationID.random() != ActivationID.random())
    }
}
