package import Logging
import NIOCore
import NIOHTTP1
import NIOPosix

/// The HTTP server in front of a ``FunctionHost``.
package struct IngressServer: Sendable {
    private let host: FunctionHost
    private let responder: Responder
    private let address: String
    private let port: Int
    private let connections: NIOLoopBound<OpenConnections>
    private let onListening: @Sendable (Int) async -> Void
    /// How many connections may wait to be accepted.
    private static let backlog: Int32 = 1024

    /// - Parameters:
    ///   - signatureKeys: in production mode, who may sign requests; nil in development.
    ///   - objectsFolder: where stored objects lie, an absolute path.
    ///   - address: host name or IP address to listen on.
    ///   - port: port to listen on; 0 for any free one.
    ///   - onListening: called once with the port that it listens on.
    package init(
        host: FunctionHost, requestGuard: RequestGuard, signatureKeys: SignatureKeys?, objectsFolder: String,
        address: String, port: Int,
        logger: Logger,
        onListening: @escaping @Sendable (Int) async -> Void
    ) async throws {
        self.host = host
        self.address = address
        self.port = port
        self.onListening = onListening
        responder = Responder(
            host: host, requestGuard: requestGuard, signatureKeys: signatureKeys,
            objects: ObjectStorage(root: objectsFolder), logger: logger)
        let loop = host.eventLoop
        connections = try await loop.submit { NIOLoopBound(OpenConnections(eventLoop: loop), eventLoop: loop) }.get()
    }

    /// Serves until it is to stop, and then until the last answer is written.
    ///
    /// - Parameter stop: returns when it is to stop, or when the task is cancelled.
    /// - Throws: `IOError` or `SocketAddressError` when it cannot listen.
    package func run(until stop: @escaping @Sendable () async -> Void) async throws {
        let listener = try await listen()
        await onListening(listener.localAddress?.port ?? port)
        let stopping = Task { [host] in
            await stop()
            guard !Task.isCancelled else { return }
            host.eventLoop.execute { host.core.value.events.close() }
            listener.close(promise: nil)
        }
        defer { stopping.cancel() }
        try await withTaskCancellationHandler {
            try await listener.closeFuture.get()
            try await host.eventLoop.flatSubmit { [connections] in connections.value.end() }.get()
        } onCancel: { [host, connections] in
            listener.close(promise: nil)
            host.eventLoop.execute { connections.value.close() }
        }
    }

    /// Connections live on the event loop of the functions, so that a call changes no thread.
    private func listen() async throws -> any Channel {
        let date = DateHeader()
        return try await ServerBootstrap(group: host.eventLoop)
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
