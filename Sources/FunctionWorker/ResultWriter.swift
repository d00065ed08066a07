import Failures
import Glibc
import Synchronization
import Values
import WorkerProtocol

/// A writer that sends messages to the emulator, whole and one after the other, from any thread.
final class ResultWriter: Sendable {
    private let descriptor: Int32
    /// The buffer of the message being written, which is kept for the next one. The lock is held while a message is
    /// written.
    private let buffer = Mutex<[UInt8]>([])
    private static let keptCapacity = 256 * 1024
    /// The length at which a failure's message is cut, in UTF-8 bytes.
    private static let longestMessage = 1_000_000

    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Sends a message. If the emulator is gone, this process ends.
    ///
    /// - Parameter id: the call that the message belongs to.
    func send(_ kind: WorkerMessage, _ payload: [UInt8], of id: ActivationID = .none) {
        buffer.withLock { buffer in
            var start = 0
            for header in FrameHeader.pieces(kind: kind.rawValue, length: payload.count, of: id) {
                buffer.removeAll(keepingCapacity: true)
                buffer.append(header)
                buffer.append(contentsOf: payload[start..<(start + header.length)])
                start += header.length
                writeAll(buffer)
            }
            if buffer.capacity > Self.keptCapacity { buffer = [] }
        }
    }

    /// Sends a failure as JSON.
    func send(_ kind: WorkerMessage, _ failure: Failure, of id: ActivationID = .none) {
        var failure = failure
        if failure.message.utf8.count > Self.longestMessage {
            failure.message = String(decoding: failure.message.utf8.prefix(Self.longestMessage), as: UTF8.self) + "…"
        }
        let written = (try? JSONValue.object(failure.json).jsonBytes()).flatMap {
            $0.count <= FrameHeader.maximumMessage ? $0 : nil
        }
        send(
            kind,
            written
                ?? Array(#"{"code":"internal-error","message":"A failure has no JSON form, or a very long one"}"#.utf8),
            of: id)
    }

    private func writeAll(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                WorkerProcess.end()
            }
        }
    }
}
