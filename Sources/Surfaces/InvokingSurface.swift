package import Failures
package import Invocations
package import NIOCore
import NIOHTTP1
package import WorkerProtocol

/// A surface that turns each request into one invocation.
package protocol InvokingSurface: Surface {
    /// Checks a request before its body is read.
    func check(_ request: Request) throws(Failure)

    /// Parses a request. Called on the event loop for a short body, and on another thread for a long one.
    ///
    /// - Parameter id: the identity of the invocation.
    func invocation(from request: Request, body: ByteBuffer, id: ActivationID) throws(Failure) -> Invocation

    /// Renders a function's result.
    ///
    /// - Parameter json: the result.
    func response(to json: ByteBuffer) -> Response

    /// Whether ``response(to:)`` reads the result, which takes time if the result is long.
    var readsResults: Bool { get }

    /// Renders a function's result that comes in pieces.
    func response(toStream body: Body) -> Response
}

extension InvokingSurface {
    package func check(_ request: Request) throws(Failure) {}

    package func response(to json: ByteBuffer) -> Response { .json(json) }

    package var readsResults: Bool { false }

    package func response(toStream body: Body) -> Response { Response(status: .ok, body: body) }

    package func respond(to exchange: Exchange) throws(Failure) { try invoke(exchange) }

    /// Reads a request's body, runs the invocation that it asks for, and sends the outcome.
    package func invoke(_ exchange: Exchange) throws(Failure) {
        let request = exchange.request, id = exchange.identify()
        try check(request)
        exchange.collectBody { collected in
            do throws(Failure) {
                let body = try collected.get()
                guard body.readableBytes > BackgroundWork.quickLength else {
                    return run(try invocation(from: request, body: body, id: id), exchange)
                }
                exchange.perform { () throws(Failure) in
                    run(
                        try await BackgroundWork.run { () throws(Failure) in
                            try invocation(from: request, body: body, id: id)
                        }, exchange)
                }
            } catch {
                exchange.send(error)
            }
        }
    }

    private func run(_ invocation: Invocation, _ exchange: Exchange) {
        exchange.run(invocation) { outcome in
            switch outcome.result {
            case .success(.buffered(let json)): send(json, of: outcome, exchange)
            case .success(let body): exchange.send(response(toStream: body), of: outcome)
            case .failure(let failure): exchange.send(failure, of: outcome)
            }
        }
    }

    private func send(_ json: ByteBuffer, of outcome: Outcome, _ exchange: Exchange) {
        guard readsResults, json.readableBytes > BackgroundWork.quickLength else {
            return exchange.send(response(to: json), of: outcome)
        }
        exchange.perform { () throws(Failure) in
            exchange.send(try await BackgroundWork.run { response(to: json) }, of: outcome)
        }
    }
}
