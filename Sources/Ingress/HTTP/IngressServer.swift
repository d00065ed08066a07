import HTTPTypes
import HummingbirdCore
package import Logging
import NIOCore
import NIOHTTP1
import ServiceLifecycle
import Synchronization

/// The HTTP server in front of a ``FunctionHost``.
package struct IngressServer: Service {
    private let server: any Service
    private let host: FunctionHost
    private let connections: NIOLoopBound<OpenConnections>

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
        let loop = host.eventLoop
        let connections = try await loop.submit { NIOLoopBound(OpenConnections(), eventLoop: loop) }.get()
        self.connections = connections
        let responder = Responder(
            host: host, requestGuard: requestGuard, signatureKeys: signatureKeys,
            objects: ObjectStorage(root: objectsFolder), logger: logger)
        let date = DateHeader()
        let executor = EventLoopTaskExecutor(host.eventLoop)
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        server = try HTTPServerBuilder { respond in
            OnLoopHTTP1(base: HTTP1Channel(responder: respond), executor: executor, connections: connections)
        }.buildServer(
            configuration: ServerConfiguration(address: .hostname(address, port: port)),
            eventLoopGroup: host.eventLoop, logger: quiet
        ) { request, writer, channel in
            // curl sends a long body only a second later unless it is asked for (RFC 9110, 10.1.1).
            if request.headers[.expect]?.lowercased() == "100-continue", responder.lets(request) {
                try await writer.writeInformationalHead(HTTPResponse(status: .continue))
            }
            var answer = try await responder.respond(to: request, on: channel)
            answer.headers[.date] = date.text
            if let subscriber = answer.subscriber {
                try await EventStreamResponse(feed: host.core.value.events, subscriber: subscriber)
                    .write(head: answer.head, to: writer, request: request)
                return
            }
            answer.headers[.contentLength] = String(answer.body.readableBytes)
            let hasBody = request.method != .head && answer.body.readableBytes > 0
            try await writer.write(
                response: answer.head, body: hasBody ? ResponseBody(byteBuffer: answer.body) : ResponseBody())
        } onServerRunning: { channel in
            await onListening(channel.localAddress?.port ?? port)
        }
    }

    package func run() async throws {
        try await withGracefulShutdownHandler {
            try await server.run()
        } onGracefulShutdown: { [host, connections] in
            host.eventLoop.execute {
                host.core.value.events.close()
                connections.value.closeHalfSent()
            }
        }
    }
}

/// HTTP/1.1 whose handlers run on the event loop itself, so that a request causes no switch of threads.
private struct OnLoopHTTP1: ServerChildChannel {
    let base: HTTP1Channel
    let executor: EventLoopTaskExecutor
    let connections: NIOLoopBound<OpenConnections>

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
        base.setup(channel: channel, logger: logger).flatMapThrowing { value in
            let handler = ConnectionHandler()
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(
                handler, position: .after(pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)))
            connections.value.add(channel, handler)
            return value
        }
    }

    func handle(value: HTTP1Channel.Value, logger: Logger) async {
        await withTaskExecutorPreference(executor) { await base.handle(value: value, logger: logger) }
    }
}

/// Runs tasks on an event loop.
final class EventLoopTaskExecutor: TaskExecutor {
    private let eventLoop: any EventLoop

    init(_ eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let unowned = UnownedJob(job)
        eventLoop.execute { unsafe unowned.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
