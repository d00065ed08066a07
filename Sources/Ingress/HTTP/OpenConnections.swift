import NIOCore

/// The connections that are open. Lives on the event loop.
final class OpenConnections {
    private var handlers: [ObjectIdentifier: (channel: any Channel, handler: ConnectionHandler)] = [:]

    /// Keeps a connection until it closes.
    func add(_ channel: any Channel, _ handler: ConnectionHandler) {
        let id = ObjectIdentifier(channel)
        handlers[id] = (channel, handler)
        let box = NIOLoopBound(self, eventLoop: channel.eventLoop)
        channel.closeFuture.whenComplete { _ in box.value.handlers[id] = nil }
    }

    /// Closes those whose request has not come whole.
    func closeHalfSent() {
        for (channel, handler) in handlers.values where handler.isReadingRequest { channel.close(promise: nil) }
    }
}
