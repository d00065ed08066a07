import TestSupport
import Testing
import WorkerProtocol

@Suite(.supervised)
struct FrameHeaderTests {
    @Test(arguments: [
        FrameHeader(kind: 1, length: 0), FrameHeader(kind: 255, isContinued: true, length: FrameHeader.maximumPayload),
        FrameHeader(kind: 3, length: 12345),
    ])
    func decodesWhatItEncodes(header: FrameHeader) throws {
        var bytes: [UInt8] = []
        bytes.append(littleEndian: header.encoded)
        #expect(bytes.count == FrameHeader.size)
        #expect(try FrameHeader(decoding: bytes.span) == header)
    }

    @Test func refusesALengthBeyondTheMaximum() {
        var bytes: [UInt8] = []
        bytes.append(littleEndian: UInt64(FrameHeader.maximumPayload + 1))
        #expect(throws: ProtocolError.self) { try FrameHeader(decoding: bytes.span) }
    }

    @Test func takesALengthOfTheMaximum() throws {
        var bytes: [UInt8] = []
        bytes.append(littleEndian: UInt64(FrameHeader.maximumPayload))
        #expect(try FrameHeader(decoding: bytes.span).length == 1 << 20)
    }

    @Test(arguments: 41..<64) func refusesReservedBits(bit: Int) {
        var bytes: [UInt8] = []
        bytes.append(littleEndian: UInt64(1) << UInt64(bit))
        #expect(throws: ProtocolError.malformedHeader(1 << UInt64(bit))) { try FrameHeader(decoding: bytes.span) }
    }

    @Test(arguments: [
        (0, [0]), (1, [1]), (1 << 20, [1 << 20]), ((1 << 20) + 1, [1 << 20, 1]),
        (3 << 20, [1 << 20, 1 << 20, 1 << 20]),
    ])
    func cutsMessagesIntoPieces(length: Int, pieces: [Int]) {
        let headers = FrameHeader.pieces(kind: 7, length: length)
        #expect(headers.map(\.length) == pieces)
        #expect(headers.map(\.isContinued) == pieces.indices.map { $0 < pieces.count - 1 })
    }
}
