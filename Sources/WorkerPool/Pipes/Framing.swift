import NIOCore
import WorkerProtocol

/// Cuts messages into frames.
enum Framing {
    /// The number of bytes up to which a message is copied into one buffer, which takes one write without a vector.
    private static let copiedLength = 16 * 1024

    /// Returns the buffers to write for a message that consists of these parts.
    ///
    /// - Parameter head: the bytes that come before the parts.
    static func message(
        kind: UInt8, head: [UInt8] = [], _ parts: [ByteBuffer], _ allocator: ByteBufferAllocator
    ) -> [ByteBuffer] {
        let length = parts.reduce(head.count) { $0 + $1.readableBytes }
        if length <= copiedLength {
            var buffer = allocator.buffer(capacity: FrameHeader.size + length)
            buffer.writeInteger(FrameHeader(kind: kind, length: length).encoded, endianness: .little)
            buffer.writeBytes(head)
            for part in parts { buffer.writeImmutableBuffer(part) }
            return [buffer]
        }
        var rest = ([ByteBuffer(bytes: head)] + parts)[...]
        var buffers: [ByteBuffer] = []
        for header in FrameHeader.pieces(kind: kind, length: length) {
            var encoded = allocator.buffer(capacity: FrameHeader.size)
            encoded.writeInteger(header.encoded, endianness: .little)
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

/// A decoder that joins the frames from a worker into messages.
struct MessageDecoder {
    /// One whole message.
    struct Message {
        let kind: UInt8
        let payload: ByteBuffer
    }

    /// The bytes that were read and do not belong to a message yet.
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
        guard header.isContinued || !pieces.isEmpty else { return Message(kind: header.kind, payload: piece) }
        var whole = pieces.removeValue(forKey: header.kind) ?? ByteBuffer()
        whole.writeImmutableBuffer(piece)
        guard whole.readableBytes <= FrameHeader.maximumMessage else { throw .messageTooLong }
        guard header.isContinued else { return Message(kind: header.kind, payload: whole) }
        pieces[header.kind] = whole
        return nil
    }
}
