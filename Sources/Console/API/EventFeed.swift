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

    init(eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    /// Adds a listener. Its first event reports the current state.
    ///
    /// - Parameters:
    ///   - state: the data of the first event.
    ///   - disconnect: a closure that ends the listener's connection. It is called if the listener does not read its
    ///     events.
    /// - Returns: the listener, which is removed when its stream ends, or nil if there are too many.
    func subscribe(state: JSONValue, disconnect: @escaping () -> Void) -> EventSubscriber? {
        guard subscribers.count < Self.mostSubscribers else { return nil }
        subscriberCount += 1
        let number = subscriberCount
        let subscriber = EventSubscriber(disconnect: disconnect) { [weak self] in self?.remove(number) }
        subscribers[number] = subscriber
        subscriber.send(ByteBuffer(string: "retry: 1000\n\n"))
        subscriber.send(Self.event("state", id: eventCount, data: state))
        startHeartbeats()
        return subscriber
    }

    private func remove(_ number: Int) {
        subscribers[number] = nil
        if subscribers.isEmpty { stopHeartbeats() }
    }

    /// Sends an event to all listeners.
    func publish(_ name: String, _ data: @autoclosure () -> JSONValue) {
        eventCount += 1
        guard !subscribers.isEmpty else { return }
        send(Self.event(name, id: eventCount, data: data()))
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
