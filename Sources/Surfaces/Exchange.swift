package import Engine
package import Failures
package import Invocations
package import NIOCore
import NIOHTTP1
package import Values
package import WorkerProtocol

/// The connection that a response is written to.
package protocol ClientConnection: AnyObject {
    /// Writes a response to the request that is due.
    func write(_ response: Response, to exchange: Exchange)
    /// Closes the connection at once.
    func close()
}

/// One request and its response. An exchange may be used only on the engine's event loop.
///
/// This is the only place that adds the parts that every response has: the identity, the generation, and the headers
/// that browsers require.
package final class Exchange {
    package let request: Request
    package let body: BodyPipe
    package let engine: Engine
    /// The connection, which may be closed.
    package let connection: any ClientConnection
    /// The origin of the page that may read the response, or nil for a request that does not come from a page.
    package var origin: String?
    private let surface: any Surface
    /// The identity that the response names, once the exchange has one.
    private var activationID: ActivationID?
    private var isClientGone = false
    /// The invocation that the client waits for.
    private var call: ActiveInvocation?

    package init(
        _ request: Request, body: BodyPipe, surface: any Surface, engine: Engine, connection: any ClientConnection
    ) {
        self.request = request
        self.body = body
        self.surface = surface
        self.engine = engine
        self.connection = connection
    }

    /// Lets the surface respond.
    package func begin() {
        do throws(Failure) {
            try surface.respond(to: self)
        } catch {
            send(error)
        }
    }

    /// Returns the identity of the exchange, to which people and nested calls can refer. It is created by the first
    /// call.
    package func identify() -> ActivationID {
        let id = activationID ?? .random()
        activationID = id
        return id
    }

    /// Records that the client has closed its connection. An invocation that the client waits for is cancelled.
    package func clientHasGone() {
        isClientGone = true
        call?.callerHasGone()
    }

    // MARK: - Work

    /// Passes on the body once it has arrived.
    package func collectBody(_ onBody: @escaping (Result<ByteBuffer, Failure>) -> Void) {
        body.collect(upTo: Body.longest, onBody)
    }

    /// Runs an invocation, which is cancelled if the client goes away.
    package func run(_ invocation: Invocation, onOutcome: @escaping (Outcome) -> Void) {
        if isClientGone, invocation.delivery == .wait { return onOutcome(Outcome(.failure(.callerGone))) }
        let call = engine.core.value.run(invocation, onOutcome: onOutcome)
        if !call.isFinished { self.call = call }
    }

    /// Runs an invocation, which is cancelled if the client goes away.
    package func run(_ invocation: Invocation) async -> Outcome {
        await withCheckedContinuation { continuation in
            run(invocation) { continuation.resume(returning: $0) }
        }
    }

    /// Performs asynchronous work on the event loop.
    package func perform(_ body: @escaping () async throws(Failure) -> Void) {
        let bound = NIOLoopBound((exchange: self, body: body), eventLoop: engine.eventLoop)
        Task.immediate(executorPreference: engine.executor) {
            let (exchange, body) = bound.value
            do throws(Failure) {
                try await body()
            } catch {
                exchange.send(error)
            }
        }
    }

    // MARK: - The response

    /// Sends a failure in the form that the surface gives it.
    package func send(_ failure: Failure, of outcome: Outcome? = nil) {
        let id = identify(), surface = surface
        guard failure.isLonger(than: BackgroundWork.quickLength) else {
            return send(surface.response(to: failure, id: id), of: outcome)
        }
        perform { [self] () throws(Failure) in
            send(try await BackgroundWork.run { surface.response(to: failure, id: id) }, of: outcome)
        }
    }

    /// Sends a value as JSON.
    package func send(json value: JSONValue) {
        guard value.isLonger(than: BackgroundWork.quickLength) else { return send(.json(value)) }
        perform { [self] () throws(Failure) in send(try await BackgroundWork.run { .json(value) }) }
    }

    /// Sends a response.
    ///
    /// - Parameter outcome: the outcome that the response reports, if there is one.
    package func send(_ response: Response, of outcome: Outcome? = nil) {
        var response = response
        if let activationID {
            response.headers.add(name: IngressHeader.activationID, value: activationID.description)
        }
        if let outcome, let generation = outcome.generation {
            response.headers.add(name: IngressHeader.generation, value: String(generation))
            if outcome.buildHasFailed { response.headers.add(name: IngressHeader.build, value: "failed") }
        }
        if let origin {
            addCORS(origin, to: &response)
        } else if request.method == .OPTIONS, request["Origin"] == nil {
            // The request does not come from a page. The origin of a page is checked.
            addCORS("*", to: &response)
        }
        connection.write(response, to: self)
    }

    private func addCORS(_ origin: String, to response: inout Response) {
        response.headers.add(name: "Access-Control-Allow-Origin", value: origin)
        let vary = response.headers.first(name: "Vary")
        if vary?.hasSuffix("Origin") != true {
            response.headers.replaceOrAdd(name: "Vary", value: vary.map { "\($0), Origin" } ?? "Origin")
        }
        response.headers.add(name: "Access-Control-Allow-Methods", value: "GET, HEAD, POST, PUT, DELETE, OPTIONS")
        // A page that may call may send any headers.
        response.headers.add(
            name: "Access-Control-Allow-Headers",
            value: request["Access-Control-Request-Headers"] ?? "Content-Type, Ingress-Context")
        response.headers.add(
            name: "Access-Control-Expose-Headers",
            value: "Ingress-Activation-Id, Ingress-Generation, Ingress-Build, Ingress-Error")
        guard request.method == .OPTIONS else { return }
        // As in the Python reference.
        response.headers.add(name: "Access-Control-Max-Age", value: "30")
        response.headers.add(name: "Access-Control-Allow-Credentials", value: "false")
    }
}
