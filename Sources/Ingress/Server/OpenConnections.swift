import NIOCore

/// The open connections. They may be used only on the event loop.
final class OpenConnections {
    private let eventLoop: any EventLoop
    private var connections: [ObjectIdentifier: HTTPConnection] = [:]
    /// The promise that succeeds when no connection is open, or nil until the connections are told to end.
    private var ended: EventLoopPromise<Void>?

    init(eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    /// Keeps a connection until its channel closes.
    func add(_ connection: HTTPConnection, _ channel: any Channel) {
        let id = ObjectIdentifier(connection)
        connections[id] = connection
        let box = NIOLoopBound(self, eventLoop: eventLoop)
        channel.closeFuture.whenComplete { _ in
            box.value.connections[id] = nil
            box.value.tellIfEnded()
        }
    }

    /// Closes the connections, each after the response that is due.
    ///
    /// - Returns: a future that succeeds when all connections are closed.
    func end() -> EventLoopFuture<Void> {
        let promise = ended ?? eventLoop.makePromise()
        ended = promise
        for connection in connections.values { connection.end() }
        tellIfEnded()
        return promise.futureResult
    }

    /// Closes the connections at once.
    func close() {
        for connection in connections.values { connection.close() }
    }

    private func tellIfEnded() {
        if connections.isEmpty { ended?.succeed() }
    }
}
