import NIOCore
import NIOEmbedded
import TestSupport
import Testing
import Values

@testable import Console

@MainActor
@Suite(.supervised)
struct EventFeedTests {
    private let eventLoop = EmbeddedEventLoop()

    private func next(_ subscriber: EventSubscriber) async -> String? {
        await subscriber.next().map { String(buffer: $0) }
    }

    @Test func beginsWithWhatHoldsAndGoesOnWithWhatHappens() async throws {
        let feed = EventFeed(eventLoop: eventLoop)
        feed.publish("missed", 0)
        let subscriber = try #require(feed.subscribe(state: ["status": "ok"]) {})
        feed.publish("reloaded", ["text": "two\nlines"])
        #expect(await next(subscriber) == "retry: 1000\n\n")
        #expect(await next(subscriber) == "id: 1\nevent: state\ndata: {\"status\":\"ok\"}\n\n")
        #expect(await next(subscriber) == "id: 2\nevent: reloaded\ndata: {\"text\":\"two\\nlines\"}\n\n")
        subscriber.end()
        #expect(await next(subscriber) == nil)
    }

    @Test func aHeartbeatComesWhileAnyoneListens() async throws {
        let feed = EventFeed(eventLoop: eventLoop)
        let subscriber = try #require(feed.subscribe(state: 0) {})
        for _ in 0..<2 { _ = await next(subscriber) }
        for _ in 0..<3 {
            eventLoop.advanceTime(by: .seconds(15))
            #expect(await next(subscriber) == ":\n\n")
        }
        subscriber.end()
        eventLoop.advanceTime(by: .seconds(60))
        #expect(await next(subscriber) == nil)
    }

    @Test func whoDoesNotReadIsDisconnectedAndOthersGoOn() async throws {
        let feed = EventFeed(eventLoop: eventLoop)
        var disconnected = 0
        let stuck = try #require(feed.subscribe(state: 0) { disconnected += 1 })
        let reader = try #require(feed.subscribe(state: 0) { disconnected += 100 })
        for _ in 0..<2 { _ = await next(reader) }
        let long = String(repeating: "x", count: EventSubscriber.mostPendingBytes / 4)
        for _ in 0..<8 {
            feed.publish("long", .string(long))
            #expect(await next(reader)?.contains("event: long") == true)
        }
        #expect(disconnected == 1)
        var received = 0
        while await next(stuck) != nil { received += 1 }
        #expect(received == 5)
    }

    @Test func anEventOfAnyLengthReachesWhoHasReadTheOthers() async throws {
        let feed = EventFeed(eventLoop: eventLoop)
        let subscriber = try #require(feed.subscribe(state: 0) {})
        for _ in 0..<2 { _ = await next(subscriber) }
        let length = 2 * EventSubscriber.mostPendingBytes
        // It asks for the next once it has sent the others.
        let event = Task.immediate { await next(subscriber) }
        feed.publish("long", .string(String(repeating: "x", count: length)))
        #expect(await event.value?.utf8.count ?? 0 > length)
    }

    @Test func noMoreThanSixtyFourListen() throws {
        let feed = EventFeed(eventLoop: eventLoop)
        let subscribers = (0..<64).compactMap { _ in feed.subscribe(state: 0) {} }
        #expect(subscribers.count == 64)
        #expect(feed.subscribe(state: 0) {} == nil)
        subscribers[7].end()
        #expect(feed.subscribe(state: 0) {} != nil)
    }
}
