import HTTPTypes
import HummingbirdCore
import NIOCore

/// Sends a listener its events for as long as it listens.
struct EventStreamResponse {
    let feed: EventFeed
    let subscriber: EventSubscriber

    /// Writes the answer; returns when the feed or the connection has ended.
    @concurrent
    func write(head: HTTPResponse, to writer: consuming ResponseWriter, request: Request) async throws {
        defer { feed.remove(subscriber) }
        var body = try await writer.writeHead(head)
        // The end of what the client sends is the only sign of a client that has gone.
        try await request.body.consumeWithInboundCloseHandler { _ in
            for await event in subscriber.events {
                try await body.write(event)
                subscriber.sent(event)
            }
        } onInboundClosed: {
            [ending = subscriber.ending] in
            ending()
        }
        try await body.finish(nil)
    }
}
