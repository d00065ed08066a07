import NIOCore
import Values

/// Tells consoles what happens to the functions while they listen, as Server-Sent Events.
///
/// Lives on one event loop and keeps no history: whoever comes later is told what holds then.
final class EventFeed {
    /// How many may listen at a time.
    static let mostSubscribers = 64
    /// How long nothing is sent at most, so that a connection that was lost is noticed.
    static let heartbeat = TimeAmount.seconds(15)

    private let eventLoop: any EventLoop
    private var subscribers: [Int: EventSubscriber] = [:]
    private var subscriberCount = 0
    private var eventCount = 0
    private var heartbeats: RepeatedTask?
    private var isClosed = false

    init(eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    /// Adds a listener, whose first event says what holds now.
    ///
    /// - Parameters:
    ///   - state: the data of the first event.
    ///   - disconnect: ends the listener's connection; called when it does not read what it is sent.
    /// - Returns: nil when there are too many listeners, or the feed is closed. The caller must say ``remove(_:)`` at the end.
    func subscribe(state: JSONValue, disconnect: @escaping () -> Void) -> EventSubscriber? {
        guard !isClosed, subscribers.count < Self.mostSubscribers else { return nil }
        subscriberCount += 1
        let subscriber = EventSubscriber(number: subscriberCount, disconnect: disconnect)
        subscribers[subscriber.number] = subscriber
        subscriber.send(ByteBuffer(string: "retry: 1000\n\n"))
        subscriber.send(Self.event("state", id: eventCount, data: state))
        startHeartbeats()
        return subscriber
    }

    /// Ends a listener's events.
    func remove(_ subscriber: EventSubscriber) {
        subscriber.end()
        subscribers[subscriber.number] = nil
        if subscribers.isEmpty { stopHeartbeats() }
    }

    /// Tells all who listen.
    func publish(_ name: String, _ data: @autoclosure () -> JSONValue) {
        eventCount += 1
        guard !subscribers.isEmpty else { return }
        send(Self.event(name, id: eventCount, data: data()))
    }

    /// Ends all events, now and from now on.
    func close() {
        isClosed = true
        for subscriber in subscribers.values { subscriber.end() }
        // A listener that does not read would never get to the end of its events.
        let stuck = NIOLoopBound(self, eventLoop: eventLoop)
        eventLoop.scheduleTask(in: .milliseconds(500)) {
            for subscriber in stuck.value.subscribers.values { subscriber.disconnect() }
        }
    }

    private func send(_ event: ByteBuffer) {
        for subscriber in subscribers.values where !subscriber.send(event) {
            remove(subscriber)
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
