import InvocationProtocol
import NIOCore

/// Cuts messages into frames.
enum Framing {
    /// Up to this many bytes a message is copied into one buffer, which is one write without a vector.
    private static let copiedLength = 16 * 1024

    /// The buffers to write for a message of these parts.
    static func message(kind: UInt8, _ parts: [ByteBuffer], _ allocator: ByteBufferAllocator) -> [ByteBuffer] {
        let length = parts.reduce(0) { $0 + $1.readableBytes }
        if length <= copiedLength {
            var buffer = allocator.buffer(capacity: FrameHeader.size + length)
            buffer.writeInteger(FrameHeader(kind: kind, length: length).encoded, endianness: .little)
            for part in parts { buffer.writeImmutableBuffer(part) }
            return [buffer]
        }
        var rest = parts[...]
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

/// Puts the frames that a worker writes together to messages.
final class FrameDecoder: ByteToMessageDecoder {
    typealias InboundOut = Message

    /// One whole message.
    struct Message {
        let kind: UInt8
        let payload: ByteBuffer
    }

    /// The pieces of messages that have more to come, by kind.
    private var pieces: [UInt8: ByteBuffer] = [:]

    func decode(context: ChannelHandlerContext, buffer: inout ByteBuffer) throws -> DecodingState {
        guard let header = try Self.header(in: buffer), buffer.readableBytes >= FrameHeader.size + header.length else {
            return .needMoreData
        }
        buffer.moveReaderIndex(forwardBy: FrameHeader.size)
        guard let payload = buffer.readSlice(length: header.length) else { return .needMoreData }
        if header.isContinued || (!pieces.isEmpty && pieces[header.kind] != nil) {
            pieces[header.kind, default: context.channel.allocator.buffer(capacity: payload.readableBytes)]
                .writeImmutableBuffer(payload)
            guard pieces[header.kind].map({ $0.readableBytes <= FrameHeader.maximumMessage }) ?? true else {
                throw ProtocolError.messageTooLong
            }
        }
        guard !header.isContinued else { return .continue }
        let whole = pieces.isEmpty ? payload : pieces.removeValue(forKey: header.kind) ?? payload
        context.fireChannelRead(Self.wrapInboundOut(Message(kind: header.kind, payload: whole)))
        return .continue
    }

    func decodeLast(context: ChannelHandlerContext, buffer: inout ByteBuffer, seenEOF: Bool) throws -> DecodingState {
        // Half a message at the end is of a process that died while it wrote.
        try decode(context: context, buffer: &buffer)
    }

    private static func header(in buffer: ByteBuffer) throws(ProtocolError) -> FrameHeader? {
        guard buffer.readableBytes >= FrameHeader.size else { return nil }
        return try FrameHeader(decoding: buffer.readableBytesUInt8Span)
    }
}
