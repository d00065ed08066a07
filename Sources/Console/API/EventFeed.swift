import Invocations
import NIOCore
import Values

/// A feed of Server-Sent Events that reports to consoles what happens to the functions.
///
/// It may be used only on one event loop. It keeps no history. A new listener receives the current state instead.
final class EventFeed {
    /// The largest number of listeners at a time.
    static let mostSubscribers = 64
    /// The longest time without sending anything, so that a lost connection is noticed.
    static let heartbeat = TimeAmount.seconds(15)

    private let eventLoop: any EventLoop
    private var subscribers: [Int: EventSubscriber] = [:]
    private var subscriberCount = 0
    private var eventCount = 0
    private var heartbeats: RepeatedTask?
    /// The number of events that are rendered on another thread, or wait for one that is.
    private var renderingCount = 0
    /// A future that succeeds when all of them are handed over.
    private var rendered: EventLoopFuture<Void>

    init(eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
        rendered = eventLoop.makeSucceededVoidFuture()
    }

    /// Adds a listener. Its first event reports the current state.
    ///
    /// - Parameters:
    ///   - state: the data of the first event.
    ///   - disconnect: a closure that ends the listener's connection. It is called if the listener does not read its
    ///     events.
    /// - Returns: the listener, which is removed when its stream ends, or nil if there are too many.
    func subscribe(state: JSONValue, disconnect: @escaping () -> Void) -> EventSubscriber? {
        guard subscribers.count + renderingCount < Self.mostSubscribers else { return nil }
        subscriberCount += 1
        let number = subscriberCount
        let subscriber = EventSubscriber(disconnect: disconnect) { [weak self] in self?.remove(number) }
        subscriber.send(ByteBuffer(string: "retry: 1000\n\n"))
        whenRendered("state", id: eventCount, state) { feed, event in
            guard !subscriber.hasEnded else { return }
            subscriber.send(event)
            feed.subscribers[number] = subscriber
            feed.startHeartbeats()
        }
        return subscriber
    }

    private func remove(_ number: Int) {
        subscribers[number] = nil
        if subscribers.isEmpty { stopHeartbeats() }
    }

    /// Sends an event to all listeners.
    func publish(_ name: String, _ data: @autoclosure () -> JSONValue) {
        eventCount += 1
        guard !subscribers.isEmpty || renderingCount > 0 else { return }
        whenRendered(name, id: eventCount, data()) { feed, event in feed.send(event) }
    }

    /// Renders an event, on another thread if it is long, and hands it over after those that came before.
    private func whenRendered(
        _ name: String, id: Int, _ data: JSONValue, _ onEvent: @escaping (EventFeed, ByteBuffer) -> Void
    ) {
        guard renderingCount > 0 || data.isLonger(than: BackgroundWork.quickLength) else {
            return onEvent(self, Self.event(name, id: id, data: data))
        }
        renderingCount += 1
        let bound = NIOLoopBound((feed: self, onEvent: onEvent), eventLoop: eventLoop)
        let event = BackgroundWork.run(for: eventLoop) { Self.event(name, id: id, data: data) }
        rendered = rendered.flatMap { event }.map { event in
            let (feed, onEvent) = bound.value
            feed.renderingCount -= 1
            onEvent(feed, event)
        }
    }

    private func send(_ event: ByteBuffer) {
        for subscriber in subscribers.values where !subscriber.send(event) {
            subscriber.end()
            subscriber.disconnect()
        }
    }

    private static func event(_ name: String, id: Int, data: JSONValue) -> ByteBuffer {
        var event = ByteBuffer(string: "id: \(id)\nevent: \(name)\ndata: ")
        event.writeBytes((try? data.jsonBytes()) ?? Array("null".utf8))
        event.writeStaticString("\n\n")
        return event
    }

    private func startHeartbeats() {
        guard heartbeats == nil else { return }
        let feed = NIOLoopBound(self, eventLoop: eventLoop)
        heartbeats = eventLoop.scheduleRepeatedTask(initialDelay: Self.heartbeat, delay: Self.heartbeat) { _ in
            feed.value.send(ByteBuffer(staticString: ":\n\n"))
        }
    }

    private func stopHeartbeats() {
        heartbeats?.cancel()
        heartbeats = nil
    }
}
