/// The bytes before each piece of a message.
///
/// The layout, in little endian, is: payload length (4 bytes), kind (1), flags (1, bit 0 = more pieces follow), zero
/// (2), activation (16). A message longer than ``maximumPayload`` travels in several pieces of the same kind.
///
/// The reader joins the pieces of a message, except for a stream (``isStream``), each piece of which is a message of
/// its own.
package struct FrameHeader: Equatable, Sendable {
    /// The size of an encoded header in bytes.
    package static let size = 24
    /// The longest payload of one piece in bytes (1 MiB).
    package static let maximumPayload = 1 << 20
    /// The longest message of a worker in bytes (64 MiB), unless it is a stream.
    package static let maximumMessage = 64 << 20

    package var kind: UInt8
    /// Whether more pieces of this message follow.
    package var isContinued: Bool
    /// The length of the payload behind this header in bytes.
    package var length: Int
    /// The call that the message belongs to, or ``ActivationID/none``.
    package var activationID: ActivationID

    package init(kind: UInt8, isContinued: Bool = false, length: Int, of activationID: ActivationID = .none) {
        self.kind = kind
        self.isContinued = isContinued
        self.length = length
        self.activationID = activationID
    }

    /// Whether the pieces are not joined, because the message is a body of unknown length.
    package var isStream: Bool { kind & 0x80 != 0 }

    /// The number of bytes by which ``check(_:)`` recognizes a header.
    package static let checkedSize = 8

    /// Checks the beginning of a header.
    ///
    /// - Parameter bytes: at least ``checkedSize`` bytes.
    /// - Returns: the length, the kind and the flags.
    /// - Throws: ``ProtocolError`` if the length exceeds ``maximumPayload`` or a reserved bit is set.
    @discardableResult
    package static func check(_ bytes: borrowing Span<UInt8>) throws(ProtocolError) -> UInt64 {
        let word = bytes.littleEndian(at: 0, as: UInt64.self)
        guard word & 0xFFFF_FFFF <= UInt64(maximumPayload), word >> 41 == 0 else { throw .malformedHeader(word) }
        return word
    }

    /// Decodes a header.
    ///
    /// - Parameter bytes: at least ``size`` bytes.
    /// - Throws: ``ProtocolError`` if the length exceeds ``maximumPayload`` or a reserved bit is set.
    package init(decoding bytes: borrowing Span<UInt8>) throws(ProtocolError) {
        let word = try Self.check(bytes)
        length = Int(truncatingIfNeeded: word & 0xFFFF_FFFF)
        kind = UInt8(truncatingIfNeeded: word >> 32)
        isContinued = (word >> 40) & 1 == 1
        activationID = try ActivationID(decoding: bytes.extracting(8..<Self.size))
    }

    /// The header as three little-endian numbers.
    package var encoded: (UInt64, UInt64, UInt64) {
        let word = UInt64(length) | UInt64(kind) << 32 | (isContinued ? 1 : 0) << 40
        return (word, activationID.high, activationID.low)
    }

    /// Returns the headers of the pieces of a message with this kind and length, in order. An empty message has one
    /// piece.
    package static func pieces(kind: UInt8, length: Int, of activationID: ActivationID = .none) -> [FrameHeader] {
        var headers: [FrameHeader] = []
        var rest = length
        repeat {
            let piece = min(rest, maximumPayload)
            rest -= piece
            headers.append(FrameHeader(kind: kind, isContinued: rest > 0, length: piece, of: activationID))
        } while rest > 0
        return headers
    }
}

extension [UInt8] {
    /// Appends a header.
    package mutating func append(_ header: FrameHeader) {
        let (word, high, low) = header.encoded
        append(littleEndian: word)
        append(littleEndian: high)
        append(littleEndian: low)
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
