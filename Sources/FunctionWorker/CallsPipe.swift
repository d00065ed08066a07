import Synchronization
import WorkerProtocol

/// The pipe on which calls arrive, and the bodies that their functions read.
final class CallsPipe: Sendable {
    private let reader: Mutex<MessageReader>

    init(descriptor: Int32) {
        reader = Mutex(MessageReader(descriptor: descriptor))
    }

    /// Returns the next message, or nil if the other end is closed. Blocks until there is one.
    ///
    /// - Throws: ``ProtocolError`` for bytes that are not a message.
    func next() throws(ProtocolError) -> MessageReader.Message? {
        try reader.withLock { (reader) throws(ProtocolError) in try reader.next() }
    }
}
