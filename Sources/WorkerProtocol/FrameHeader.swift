/// The eight bytes before each piece of a message.
///
/// The layout, in little endian, is: payload length (4 bytes), kind (1), flags (1, bit 0 = more pieces follow), zero
/// (2). A message longer than ``maximumPayload`` travels in several pieces of the same kind. Pieces of other kinds
/// may come between them.
package struct FrameHeader: Equatable, Sendable {
    /// The size of an encoded header in bytes.
    package static let size = 8
    /// The longest payload of one piece in bytes (1 MiB).
    package static let maximumPayload = 1 << 20
    /// The longest message of a worker in bytes (64 MiB).
    package static let maximumMessage = 64 << 20

    package var kind: UInt8
    /// Whether more pieces of this message follow.
    package var isContinued: Bool
    /// The length of the payload behind this header in bytes.
    package var length: Int

    package init(kind: UInt8, isContinued: Bool = false, length: Int) {
        self.kind = kind
        self.isContinued = isContinued
        self.length = length
    }

    /// Decodes a header.
    ///
    /// - Parameter bytes: at least ``size`` bytes.
    /// - Throws: ``ProtocolError`` if the length exceeds ``maximumPayload`` or a reserved bit is set.
    package init(decoding bytes: borrowing Span<UInt8>) throws(ProtocolError) {
        let word = bytes.littleEndian(at: 0, as: UInt64.self)
        length = Int(truncatingIfNeeded: word & 0xFFFF_FFFF)
        kind = UInt8(truncatingIfNeeded: word >> 32)
        isContinued = (word >> 40) & 1 == 1
        guard length <= Self.maximumPayload, word >> 41 == 0 else { throw .malformedHeader(word) }
    }

    /// The header as one little-endian number.
    package var encoded: UInt64 {
        UInt64(length) | UInt64(kind) << 32 | (isContinued ? 1 : 0) << 40
    }

    /// Returns the headers of the pieces of a message with this kind and length, in order. An empty message has one
    /// piece.
    package static func pieces(kind: UInt8, length: Int) -> [FrameHeader] {
        var headers: [FrameHeader] = []
        var rest = length
        repeat {
            let piece = min(rest, maximumPayload)
            rest -= piece
            headers.append(FrameHeader(kind: kind, isContinued: rest > 0, length: piece))
        } while rest > 0
        return headers
    }
}

/// An error in bytes that should follow the protocol. The cause is a programming error, or a function that wrote to
/// the pipe.
package enum ProtocolError: Error, Equatable {
    case malformedHeader(UInt64)
    case unknownKind(UInt8)
    /// A worker's message is longer than ``FrameHeader/maximumMessage``.
    case messageTooLong
    case truncated
}

extension ProtocolError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .malformedHeader(let word): "a frame header that cannot be (0x\(String(word, radix: 16)))"
        case .unknownKind(let kind): "a message of unknown kind \(kind)"
        case .messageTooLong: "a message longer than \(FrameHeader.maximumMessage >> 20) MB"
        case .truncated: "a message shorter than its fields"
        }
    }
}
