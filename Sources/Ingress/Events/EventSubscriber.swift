import NIOCore

/// One who listens to an ``EventFeed``: what it is still to be sent, on the feed's event loop.
final class EventSubscriber {
    /// How many bytes may wait for a listener; one that reads more slowly is better off with a new connection.
    static let mostPendingBytes = 4 << 20

    let number: Int
    /// Ends the listener's connection.
    let disconnect: () -> Void
    /// The text to send; ends with the feed, or when the listener is removed from it.
    let events: AsyncStream<ByteBuffer>
    private let continuation: AsyncStream<ByteBuffer>.Continuation
    private var pendingBytes = 0

    init(number: Int, disconnect: @escaping () -> Void) {
        self.number = number
        self.disconnect = disconnect
        (events, continuation) = AsyncStream.makeStream()
    }

    /// Puts an event in line.
    ///
    /// - Returns: whether there was room for it.
    @discardableResult
    func send(_ event: ByteBuffer) -> Bool {
        guard pendingBytes == 0 || pendingBytes + event.readableBytes <= Self.mostPendingBytes else { return false }
        pendingBytes += event.readableBytes
        continuation.yield(event)
        return true
    }

    /// Says that an event has left the line.
    func sent(_ event: ByteBuffer) {
        pendingBytes -= event.readableBytes
    }

    /// Sends nothing more than what is in line.
    func end() {
        continuation.finish()
    }

    /// Ends the events from whatever thread.
    var ending: @Sendable () -> Void {
        { [continuation] in continuation.finish() }
    }
}
