package import Engine
package import Failures
import Invocations
import NIOCore
import NIOHTTP1
import PrometheusMetrics
package import Surfaces
import Values

/// The pages and descriptions of the emulator itself: `GET /`, and everything below `/_/`.
package struct ConsoleSurface: Surface {
    private let engine: Engine
    private let feed: NIOLoopBound<EventFeed>
    private let metrics: NIOLoopBound<IngressMetrics>

    /// Creates a surface that observes an engine from now on.
    package init(_ engine: Engine) async throws {
        self.engine = engine
        let loop = engine.eventLoop
        (feed, metrics) = try await loop.submit {
            let feed = EventFeed(eventLoop: loop), metrics = IngressMetrics()
            return (NIOLoopBound(feed, eventLoop: loop), NIOLoopBound(metrics, eventLoop: loop))
        }.get()
        try await engine.observe { [feed] in EngineEvents(feed.value, engine.core.value) }
        try await engine.observe { [metrics] in metrics.value }
    }

    package func takes(_ request: Request) -> Bool {
        request.path.hasPrefix("/_/") || request.path == "/" && Self.isRead(request)
    }

    private static func isRead(_ request: Request) -> Bool { request.method == .GET || request.method == .HEAD }

    package func respond(to exchange: Exchange) throws(Failure) {
        let request = exchange.request, core = engine.core.value
        let page = Page(path: request.path)
        guard let page else {
            throw Failure(
                .pathNotFound, "There is nothing at \(request.path)",
                remedy:
                    "There are /_/health, /_/functions, /_/openapi.json, /_/metrics, "
                    + "/_/events, /_/objects and /_/client.js.")
        }
        guard Self.isRead(request) else { throw .methodNotAllowed(request.method, allow: "GET, HEAD, OPTIONS") }
        switch page {
        case .root: exchange.send(Self.root(accepting: request["Accept"], host: request.authority))
        case .asset(let asset): exchange.send(asset.response)
        case .health: exchange.send(json: core.status.healthJSON)
        case .metrics:
            exchange.send(
                Response(
                    status: .ok, headers: ["Content-Type": PrometheusRegistry.contentType],
                    body: ByteBuffer(string: metrics.value.exposition(of: core.status))))
        case .functions:
            exchange.perform { () throws(Failure) in
                try await core.settle()
                let described = try await core.described()
                exchange.send(try await BackgroundWork.run { .json(DescribedFunctions.json(of: described)) })
            }
        case .openAPI:
            let server = "http://\(request.authority ?? "127.0.0.1")"
            exchange.perform { () throws(Failure) in
                try await core.settle()
                let described = try await core.described(), app = core.status.generation?.app
                exchange.send(
                    try await BackgroundWork.run {
                        .json(OpenAPIDocument.json(of: described, app: app, server: server))
                    })
            }
        case .events: exchange.send(try events(for: exchange))
        }
    }

    private func events(for exchange: Exchange) throws(Failure) -> Response {
        var response = Response(
            status: .ok, headers: ["Content-Type": "text/event-stream", "Cache-Control": "no-store"])
        guard exchange.request.method != .HEAD else { return response }
        let subscriber = feed.value.subscribe(state: engine.core.value.status.stateJSON) {
            [weak connection = exchange.connection] in connection?.close()
        }
        guard let subscriber else {
            throw Failure(.queueFull, "Too many read the events already", remedy: "Close some of the open consoles.")
        }
        response.body = .stream(NIOLoopBound(subscriber, eventLoop: engine.eventLoop))
        return response
    }

    /// Returns the console for browsers, and a short text for other clients.
    private static func root(accepting types: String?, host: String?) -> Response {
        let wantsPage = types?.lowercased().contains("text/html") ?? false
        var response = wantsPage ? ConsoleAsset.page.response : welcome(host: host)
        response.headers.replaceOrAdd(name: "Vary", value: "Accept, Origin")
        return response
    }

    private static func welcome(host: String?) -> Response {
        let text = """
            The ingress runs. GET /_/functions lists the functions; call one with
            curl \(host ?? "127.0.0.1:8020")/functions.example.greet -d '{"name":"Ada"}'

            """
        return Response(
            status: .ok, headers: ["Content-Type": "text/plain; charset=utf-8"], body: ByteBuffer(string: text))
    }

    /// The pages, by path.
    private enum Page {
        case root, health, functions, openAPI, metrics, events
        case asset(ConsoleAsset)

        init?(path: String) {
            switch path {
            case "/": self = .root
            case "/_/health": self = .health
            case "/_/functions": self = .functions
            case "/_/openapi.json": self = .openAPI
            case "/_/metrics": self = .metrics
            case "/_/events": self = .events
            default:
                guard let asset = ConsoleAsset(path: path) else { return nil }
                self = .asset(asset)
            }
        }
    }
}
