import Glibc
import WorkerProtocol

/// A reader that takes whole messages from a pipe and blocks until they arrive.
struct MessageReader: ~Copyable {
    private let descriptor: Int32
    private var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    /// The part of the buffer that holds unread bytes.
    private var filled = 0..<0
    /// The pieces of a message that is not complete yet.
    private var pieces: [UInt8] = []

    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Passes the next message to `body`.
    ///
    /// - Returns: false when the other end is closed.
    /// - Throws: ``ProtocolError`` for bytes that are not a message, and any error that `body` throws.
    mutating func next(
        _ body: (_ kind: UInt8, _ payload: borrowing Span<UInt8>) throws(ProtocolError) -> Void
    ) throws(ProtocolError) -> Bool {
        while true {
            guard fill(atLeast: FrameHeader.size) else { return false }
            let header = try FrameHeader(decoding: buffer.span.extracting(filled))
            guard fill(atLeast: FrameHeader.size + header.length) else { return false }
            let payload =
                (filled.lowerBound + FrameHeader.size)..<(filled.lowerBound + FrameHeader.size + header.length)
            filled = payload.upperBound..<filled.upperBound
            if header.isContinued {
                pieces.append(contentsOf: buffer[payload])
            } else if pieces.isEmpty {
                try body(header.kind, buffer.span.extracting(payload))
                return true
            } else {
                pieces.append(contentsOf: buffer[payload])
                let whole = pieces
                pieces = []
                try body(header.kind, whole.span)
                return true
            }
        }
    }

    /// Reads until the buffer holds the given number of bytes. Returns false at the end of the pipe.
    private mutating func fill(atLeast count: Int) -> Bool {
        if filled.lowerBound > 0, buffer.count - filled.lowerBound < count {
            buffer.replaceSubrange(0..<filled.count, with: Array(buffer[filled]))
            filled = 0..<filled.count
        }
        if buffer.count < count { buffer.append(contentsOf: repeatElement(0, count: count - buffer.count)) }
        while filled.count < count {
            let free = filled.upperBound..<buffer.count
            let read = unsafe buffer.withUnsafeMutableBytes {
                unsafe Glibc.read(descriptor, $0.baseAddress?.advanced(by: free.lowerBound), free.count)
            }
            if read > 0 {
                filled = filled.lowerBound..<(filled.upperBound + read)
            } else if read == 0 || errno != EINTR {
                return false
            }
        }
        return true
    }
}
