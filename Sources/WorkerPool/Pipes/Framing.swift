import NIOCore
import WorkerProtocol

/// The division of messages into frames.
enum Framing {
    /// The number of bytes up to which a message is copied into one buffer, which takes one write without a vector.
    private static let copiedLength = 16 * 1024

    /// Returns the buffers to write for a message that consists of these parts.
    ///
    /// - Parameters:
    ///   - id: the call that the message belongs to.
    ///   - head: the bytes that come before the parts.
    ///   - isLast: whether the message ends here. A stream continues with the next message of its kind.
    static func message(
        kind: UInt8, of id: ActivationID = .none, head: [UInt8] = [], _ parts: [ByteBuffer],
        _ allocator: ByteBufferAllocator, isLast: Bool = true
    ) -> [ByteBuffer] {
        let length = parts.reduce(head.count) { $0 + $1.readableBytes }
        if length <= copiedLength {
            var buffer = allocator.buffer(capacity: FrameHeader.size + length)
            buffer.write(FrameHeader(kind: kind, isContinued: !isLast, length: length, of: id))
            buffer.writeBytes(head)
            for part in parts { buffer.writeImmutableBuffer(part) }
            return [buffer]
        }
        var rest = ([ByteBuffer(bytes: head)] + parts)[...]
        var buffers: [ByteBuffer] = []
        for var header in FrameHeader.pieces(kind: kind, length: length, of: id) {
            if !isLast { header.isContinued = true }
            var encoded = allocator.buffer(capacity: FrameHeader.size)
            encoded.write(header)
            buffers.append(encoded)
            var missing = header.length
            while missing > 0, var part = rest.popFirst() {
                guard let slice = part.readSlice(length: min(missing, part.readableBytes)) else { break }
                missing -= slice.readableBytes
                if slice.readableBytes > 0 { buffers.append(slice) }
                if part.readableBytes > 0 { rest = [part] + rest }
            }
        }
        return buffers
    }
}

extension ByteBuffer {
    fileprivate mutating func write(_ header: FrameHeader) {
        let (word, high, low) = header.encoded
        writeInteger(word, endianness: .little)
        writeInteger(high, endianness: .little)
        writeInteger(low, endianness: .little)
    }
}

/// A decoder that joins the frames from a worker into messages.
struct MessageDecoder {
    /// One whole message, or one piece of a stream.
    struct Message: Sendable {
        let kind: UInt8
        let activationID: ActivationID
        let payload: ByteBuffer
    }

    /// The bytes that were read and are not part of a message yet.
    private var unread = ByteBuffer()
    /// The pieces of incomplete messages, by kind.
    private var pieces: [UInt8: ByteBuffer] = [:]

    mutating func append(_ bytes: ByteBuffer) {
        guard unread.readableBytes > 0 else { return unread = bytes }
        unread.discardReadBytes()
        unread.writeImmutableBuffer(bytes)
    }

    /// Returns the next message, or nil if more bytes are needed.
    ///
    /// - Throws: ``ProtocolError`` for bytes that are not a message.
    mutating func next() throws(ProtocolError) -> Message? {
        // If the bytes are not a header, nothing more may arrive.
        if unread.readableBytes >= FrameHeader.checkedSize { try FrameHeader.check(unread.readableBytesUInt8Span) }
        while unread.readableBytes >= FrameHeader.size {
            let header = try FrameHeader(decoding: unread.readableBytesUInt8Span)
            guard unread.readableBytes >= FrameHeader.size + header.length else { return nil }
            unread.moveReaderIndex(forwardBy: FrameHeader.size)
            guard let piece = unread.readSlice(length: header.length) else { return nil }
            // Without this reference, the channel can reuse the memory for its next read.
            if unread.readableBytes == 0 { unread = ByteBuffer() }
            if let message = try message(header, piece) { return message }
        }
        return nil
    }

    private mutating func message(_ header: FrameHeader, _ piece: ByteBuffer) throws(ProtocolError) -> Message? {
        guard !header.isStream, header.isContinued || !pieces.isEmpty else { return message(header, of: piece) }
        var whole = pieces.removeValue(forKey: header.kind) ?? ByteBuffer()
        whole.writeImmutableBuffer(piece)
        guard whole.readableBytes <= FrameHeader.maximumMessage else { throw .messageTooLong }
        guard header.isContinued else { return message(header, of: whole) }
        pieces[header.kind] = whole
        return nil
    }

    private func message(_ header: FrameHeader, of payload: ByteBuffer) -> Message {
        Message(kind: header.kind, activationID: header.activationID, payload: payload)
    }
}
