import Invocations
import NIOCore
import Surfaces

/// One listener of an ``EventFeed``, with the events that are still to be sent. It may be used only on the feed's
/// event loop.
final class EventSubscriber: BodyStream {
    /// The largest number of bytes that may wait for a listener. One that reads more slowly is better off with a new
    /// connection.
    static let mostPendingBytes = 4 << 20

    /// A closure that ends the listener's connection.
    let disconnect: () -> Void
    private(set) var hasEnded = false
    private let onEnd: () -> Void
    private let continuation: AsyncStream<ByteBuffer>.Continuation
    private var events: AsyncStream<ByteBuffer>.Iterator
    private var pendingBytes = 0
    /// The length of the event that is being sent.
    private var sending = 0

    /// - Parameter onEnd: called when the listener's stream ends, at least once.
    init(disconnect: @escaping () -> Void, onEnd: @escaping () -> Void) {
        self.disconnect = disconnect
        self.onEnd = onEnd
        let stream: AsyncStream<ByteBuffer>
        (stream, continuation) = AsyncStream.makeStream()
        events = stream.makeAsyncIterator()
    }

    /// Queues an event.
    ///
    /// - Returns: whether there was room for it.
    @discardableResult
    func send(_ event: ByteBuffer) -> Bool {
        guard pendingBytes == 0 || pendingBytes + event.readableBytes <= Self.mostPendingBytes else { return false }
        pendingBytes += event.readableBytes
        continuation.yield(event)
        return true
    }

    func next() async -> ByteBuffer? {
        pendingBytes -= sending
        sending = 0
        let event = await events.next(isolation: #isolation)
        sending = event?.readableBytes ?? 0
        return event
    }

    var isEndless: Bool { true }

    func end() {
        hasEnded = true
        continuation.finish()
        onEnd()
    }
}
