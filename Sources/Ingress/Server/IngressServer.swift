package import Engine
import NIOCore
import NIOHTTP1
import NIOPosix
package import Surfaces

/// The HTTP server in front of an ``Engine``.
package struct IngressServer: Sendable {
    private let engine: Engine
    private let responder: Responder
    private let address: String
    private let port: Int
    private let connections: NIOLoopBound<OpenConnections>
    private let onListening: @Sendable (Int) async -> Void
    /// The number of connections that may wait to be accepted.
    private static let backlog: Int32 = 1024

    /// - Parameters:
    ///   - surfaces: the surfaces, in the order in which they are asked whether they take a request.
    ///   - address: the host name or IP address to listen on.
    ///   - port: the port to listen on, or 0 for any free one.
    ///   - onListening: called once, with the port that the server listens on.
    package init(
        engine: Engine, requestGuard: RequestGuard, surfaces: [any Surface], address: String, port: Int,
        onListening: @escaping @Sendable (Int) async -> Void
    ) async throws {
        self.engine = engine
        self.address = address
        self.port = port
        self.onListening = onListening
        responder = Responder(engine: engine, requestGuard: requestGuard, surfaces: surfaces)
        let loop = engine.eventLoop
        connections = try await loop.submit { NIOLoopBound(OpenConnections(eventLoop: loop), eventLoop: loop) }.get()
    }

    /// Serves requests until the server must stop, and then until the last response is written.
    ///
    /// - Parameter stop: a closure that returns when the server must stop, or when its task is cancelled.
    /// - Throws: `IOError` or `SocketAddressError` if the server cannot listen.
    package func run(until stop: @escaping @Sendable () async -> Void) async throws {
        let listener = try await listen()
        await onListening(listener.localAddress?.port ?? port)
        let stopping = Task {
            await stop()
            guard !Task.isCancelled else { return }
            listener.close(promise: nil)
        }
        defer { stopping.cancel() }
        try await withTaskCancellationHandler {
            try await listener.closeFuture.get()
            try await engine.eventLoop.flatSubmit { [connections] in connections.value.end() }.get()
        } onCancel: { [engine, connections] in
            listener.close(promise: nil)
            engine.eventLoop.execute { connections.value.close() }
        }
    }

    /// Opens the listening socket. Connections use the engine's event loop, so that a call does not change threads.
    private func listen() async throws -> any Channel {
        let date = DateHeader()
        return try await ServerBootstrap(group: engine.eventLoop)
            .serverChannelOption(.backlog, value: Self.backlog)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { [responder, connections] channel in
                channel.eventLoop.makeCompletedFuture {
                    let connection = HTTPConnection(responder: responder, date: date)
                    try channel.pipeline.syncOperations.addHandlers(
                        ByteToMessageHandler(HTTPRequestDecoder()), connection)
                    connections.value.add(connection, channel)
                }
            }
            .bind(host: address, port: port).get()
    }
}
