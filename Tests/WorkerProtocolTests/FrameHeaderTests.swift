import TestSupport
import Testing
import WorkerProtocol

@Suite(.supervised)
struct FrameHeaderTests {
    @Test(arguments: [
        FrameHeader(kind: 1, length: 0), FrameHeader(kind: 255, isContinued: true, length: FrameHeader.maximumPayload),
        FrameHeader(kind: 3, length: 12345, of: ActivationID(high: 0x0123_4567_89AB_CDEF, low: 5)),
    ])
    func decodesWhatItEncodes(header: FrameHeader) throws {
        var bytes: [UInt8] = []
        bytes.append(header)
        #expect(bytes.count == FrameHeader.size)
        #expect(try FrameHeader(decoding: bytes.span) == header)
    }

    @Test func refusesALengthBeyondTheMaximum() {
        var bytes: [UInt8] = []
        bytes.append(littleEndian: UInt64(FrameHeader.maximumPayload + 1))
        bytes += [UInt8](repeating: 0, count: 16)
        #expect(throws: ProtocolError.self) { try FrameHeader(decoding: bytes.span) }
    }

    @Test func takesALengthOfTheMaximum() throws {
        var bytes: [UInt8] = []
        bytes.append(littleEndian: UInt64(FrameHeader.maximumPayload))
        bytes += [UInt8](repeating: 0, count: 16)
        #expect(try FrameHeader(decoding: bytes.span).length == 1 << 20)
    }

    @Test(arguments: 41..<64) func refusesReservedBits(bit: Int) {
        var bytes: [UInt8] = []
        bytes.append(littleEndian: UInt64(1) << UInt64(bit))
        bytes += [UInt8](repeating: 0, count: 16)
        #expect(throws: ProtocolError.malformedHeader(1 << UInt64(bit))) { try FrameHeader(decoding: bytes.span) }
    }

    @Test(arguments: [
        (0, [0]), (1, [1]), (1 << 20, [1 << 20]), ((1 << 20) + 1, [1 << 20, 1]),
        (3 << 20, [1 << 20, 1 << 20, 1 << 20]),
    ])
    func cutsMessagesIntoPieces(length: Int, pieces: [Int]) {
        let id = ActivationID.random(), headers = FrameHeader.pieces(kind: 7, length: length, of: id)
        #expect(headers.allSatisfy { $0.kind == 7 && $0.activationID == id })
        #expect(headers.map(\.length) == pieces)
        #expect(headers.map(\.isContinued) == pieces.indices.map { $0 < pieces.count - 1 })
    }

    @Test func bodiesAreStreamsAndOtherMessagesAreNot() {
        let streams = (UInt8.min ... .max).filter { FrameHeader(kind: $0, length: 0).isStream }
        #expect(streams.compactMap(EngineMessage.init) == [.body, .bodyCut])
        #expect(streams.compactMap(WorkerMessage.init) == [.body])
        #expect(streams.compactMap(ControlMessage.init).isEmpty)
    }
}
