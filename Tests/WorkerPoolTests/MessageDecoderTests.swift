import NIOCore
import TestSupport
import Testing
import WorkerProtocol

@testable import WorkerPool

/// Tests of pieces of messages as they come from a worker.
@Suite(.supervised)
struct MessageDecoderTests {
    private static let id = ActivationID.random()

    private static func frame(_ kind: UInt8, _ payload: [UInt8], isContinued: Bool = false) -> ByteBuffer {
        var bytes: [UInt8] = []
        bytes.append(FrameHeader(kind: kind, isContinued: isContinued, length: payload.count, of: id))
        return ByteBuffer(bytes: bytes + payload)
    }

    /// Returns the messages in some bytes that arrive in parts of a given length.
    private static func messages(in buffers: [ByteBuffer], partLength: Int = .max) throws -> [Kept] {
        var decoder = MessageDecoder()
        var all = ByteBuffer()
        for buffer in buffers { all.writeImmutableBuffer(buffer) }
        var found: [Kept] = []
        while all.readableBytes > 0 {
            guard let part = all.readSlice(length: min(partLength, all.readableBytes)) else { break }
            decoder.append(part)
            while let message = try decoder.next() {
                #expect(message.activationID == id)
                found.append(Kept(kind: message.kind, payload: Array(message.payload.readableBytesView)))
            }
        }
        return found
    }

    private struct Kept: Equatable {
        let kind: UInt8
        let payload: [UInt8]
    }

    @Test(arguments: [1, 3, 23, 24, 25, .max]) func messagesComeInPartsOfAnyLength(length: Int) throws {
        let messages = try Self.messages(
            in: [Self.frame(1, []), Self.frame(2, [1, 2, 3]), Self.frame(3, [4])], partLength: length)
        #expect(
            messages == [
                Kept(kind: 1, payload: []), Kept(kind: 2, payload: [1, 2, 3]), Kept(kind: 3, payload: [4]),
            ])
    }

    @Test(arguments: [1, 5, 11, .max]) func piecesOfSeveralKindsInterleave(length: Int) throws {
        let frames = [
            Self.frame(4, [1], isContinued: true), Self.frame(6, [9]), Self.frame(5, [7], isContinued: true),
            Self.frame(4, [2], isContinued: true), Self.frame(5, [8]), Self.frame(6, []), Self.frame(4, [3]),
            Self.frame(4, [5]),
        ]
        #expect(
            try Self.messages(in: frames, partLength: length) == [
                Kept(kind: 6, payload: [9]), Kept(kind: 5, payload: [7, 8]), Kept(kind: 6, payload: []),
                Kept(kind: 4, payload: [1, 2, 3]), Kept(kind: 4, payload: [5]),
            ])
    }

    @Test func whatAMessageIsCutIntoIsPutTogetherAgain() throws {
        for length in [0, 16 * 1024, 16 * 1024 + 1, 1 << 20, (1 << 20) + 1, (2 << 20) + 17] {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 ^ ($0 >> 8)) }
            let buffers = Framing.message(
                kind: 3, of: Self.id, head: Array(bytes.prefix(7)), [ByteBuffer(bytes: bytes.dropFirst(7))],
                ByteBufferAllocator())
            #expect(try Self.messages(in: buffers) == [Kept(kind: 3, payload: bytes)], "\(length) bytes")
        }
    }

    @Test func aMessageOfTheMaximumIsTakenAndALongerOneIsNot() throws {
        let piece = [UInt8](repeating: 1, count: FrameHeader.maximumPayload)
        var decoder = MessageDecoder()
        for _ in 0..<63 {
            decoder.append(Self.frame(4, piece, isContinued: true))
            #expect(try decoder.next() == nil)
        }
        var longer = decoder
        decoder.append(Self.frame(4, piece))
        #expect(try decoder.next()?.payload.readableBytes == FrameHeader.maximumMessage)

        longer.append(Self.frame(4, piece, isContinued: true))
        #expect(try longer.next() == nil)
        longer.append(Self.frame(4, [1]))
        #expect(throws: ProtocolError.messageTooLong) { try longer.next() }
    }

    @Test func aHeaderThatCannotBeIsAnError() {
        var decoder = MessageDecoder()
        decoder.append(ByteBuffer(bytes: [0, 0, 0, 0, 4, 2] + [UInt8](repeating: 0, count: 18)))
        #expect(throws: ProtocolError.self) { try decoder.next() }
    }

    @Test func thePiecesOfAStreamAreNotJoined() throws {
        let body = WorkerMessage.body.rawValue
        let frames = [
            Self.frame(4, [1], isContinued: true), Self.frame(body, [2], isContinued: true), Self.frame(body, []),
            Self.frame(4, [3]),
        ]
        #expect(
            try Self.messages(in: frames) == [
                Kept(kind: body, payload: [2]), Kept(kind: body, payload: []), Kept(kind: 4, payload: [1, 3]),
            ])
    }
}
