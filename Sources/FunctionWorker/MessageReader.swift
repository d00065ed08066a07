import Glibc
import WorkerProtocol

/// A reader that takes messages from a pipe and blocks until they arrive.
struct MessageReader: ~Copyable {
    /// One whole message, or one piece of a stream.
    struct Message {
        let header: FrameHeader
        let payload: [UInt8]
    }

    private let descriptor: Int32
    private var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    /// The part of the buffer that holds unread bytes.
    private var filled = 0..<0

    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Returns the next message, or nil if the other end is closed.
    ///
    /// - Throws: ``ProtocolError`` for bytes that are not a message.
    mutating func next() throws(ProtocolError) -> Message? {
        var pieces: [UInt8] = []
        while true {
            guard fill(atLeast: FrameHeader.size) else { return nil }
            let header = try FrameHeader(decoding: buffer.span.extracting(filled))
            guard fill(atLeast: FrameHeader.size + header.length) else { return nil }
            let start = filled.lowerBound + FrameHeader.size
            let payload = buffer[start..<(start + header.length)]
            filled = payload.endIndex..<filled.upperBound
            if header.isContinued, !header.isStream {
                pieces.append(contentsOf: payload)
            } else if pieces.isEmpty {
                return Message(header: header, payload: Array(payload))
            } else {
                pieces.append(contentsOf: payload)
                return Message(header: header, payload: pieces)
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
