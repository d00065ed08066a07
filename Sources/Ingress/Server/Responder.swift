import Engine
import Failures
import Invocations
import NIOCore
import NIOHTTP1
import Surfaces
import WorkerProtocol

/// The distribution of requests to the surfaces. One guard checks every request, and the first surface that takes it
/// responds.
struct Responder: Sendable {
    let engine: Engine
    let requestGuard: RequestGuard
    let surfaces: [any Surface]

    /// Creates the exchange for a request. Must be called on the event loop.
    ///
    /// - Returns: the exchange, which writes to the connection now or later.
    func exchange(_ request: Request, body: BodyPipe, on connection: any ClientConnection) -> Exchange {
        let surface = surfaces.first { $0.takes(request) } ?? Nowhere()
        return Exchange(request, body: body, surface: surface, engine: engine, connection: connection)
    }

    /// Responds to a request. Must be called on the event loop.
    func respond(to exchange: Exchange) {
        do throws(Failure) {
            exchange.origin = try check(exchange.request)
        } catch {
            return exchange.send(error)
        }
        guard exchange.request.method != .OPTIONS else { return exchange.send(Response(status: .noContent)) }
        exchange.begin()
    }

    /// - Returns: the origin of the page that may read the response, or nil for a request that does not come from a
    ///   page.
    private func check(_ request: Request) throws(Failure) -> String? {
        guard request.count(of: "Host") < 2 else {
            throw .invalidRequest("The request has more than one Host header")
        }
        if let encoding = request["Content-Encoding"], encoding.lowercased() != "identity" {
            throw Failure(
                .unsupportedContentType, "The body is encoded as '\(encoding)'",
                remedy: "Send it as it is, without the header Content-Encoding.")
        }
        return try requestGuard.check(
            host: request.authority, origin: request["Origin"], fetchSite: request["Sec-Fetch-Site"])
    }
}

/// The surface for requests that no other surface takes.
struct Nowhere: Surface {
    func takes(_ request: Request) -> Bool { true }

    func respond(to exchange: Exchange) throws(Failure) {
        let request = exchange.request
        guard request.method == .GET || request.method == .HEAD else {
            throw .methodNotAllowed(request.method, allow: "GET, HEAD, POST, OPTIONS")
        }
        throw Failure(
            .pathNotFound, "There is nothing to read at \(request.path)",
            remedy: "Functions are at paths such as /functions.example.greet; GET /_/functions lists them.")
    }
}
