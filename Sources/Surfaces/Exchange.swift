package import Engine
package import Failures
package import Invocations
package import NIOCore
import NIOHTTP1
import NIOPosix
package import WorkerProtocol

/// The connection that a response is written to.
package protocol ClientConnection: AnyObject {
    /// Writes a response to the request that is due.
    func write(_ response: Response, to exchange: Exchange)
    /// Closes the connection at once.
    func close()
}

/// One request and the response that it is owed. Lives on the engine's event loop.
///
/// This is the one place that gives a response what every response has: identity, generation, and what browsers ask for.
package final class Exchange {
    package let request: Request
    package let body: RequestBody
    package let engine: Engine
    /// The connection; closed or not.
    package let connection: any ClientConnection
    /// The origin of the page that may read the response; nil for a request that comes from no page.
    package var origin: String?
    private let surface: any Surface
    /// The identity that the response names, once there is one.
    private var activationID: ActivationID?
    private var isClientGone = false
    private var onClientGone: (() -> Void)?
    /// The longest body that is read, in bytes.
    package static let longestBody = 64 << 20
    /// The length up to which JSON is parsed and rendered on the event loop, in bytes.
    package static let quickLength = 64 << 10

    package init(
        _ request: Request, body: RequestBody, surface: any Surface, engine: Engine, connection: any ClientConnection
    ) {
        self.request = request
        self.body = body
        self.surface = surface
        self.engine = engine
        self.connection = connection
    }

    /// Responds, as the surface does.
    package func begin() {
        attempt { () throws(Failure) in try surface.respond(to: self) }
    }

    /// Gives the exchange an identity, by which people and nested calls can speak of it; the same at each call.
    package func identify() -> ActivationID {
        let id = activationID ?? .random()
        activationID = id
        return id
    }

    /// Says that the client has closed its connection: an invocation that it waits for is cancelled.
    package func clientHasGone() {
        isClientGone = true
        onClientGone?()
        onClientGone = nil
    }

    // MARK: - Work

    /// Hands the body over once it has come.
    package func collectBody(_ onBody: @escaping (Result<ByteBuffer, Failure>) -> Void) {
        body.collect(upTo: Self.longestBody, onBody)
    }

    /// Runs an invocation; it is cancelled when the client goes.
    package func run(_ invocation: Invocation, onOutcome: @escaping (Outcome) -> Void) {
        let call = engine.core.value.run(invocation) { [self] outcome in
            onClientGone = nil
            onOutcome(outcome)
        }
        watch(call)
    }

    /// Runs an invocation; it is cancelled when the client goes.
    package func run(_ invocation: Invocation) async -> Outcome {
        await engine.core.value.run(invocation) { watch($0) }
    }

    private func watch(_ call: ActiveInvocation) {
        guard !call.isFinished else { return }
        if isClientGone { return call.callerHasGone() }
        onClientGone = { call.callerHasGone() }
    }

    /// Does what has to wait for something, on the event loop.
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

    /// Computes something on a thread that may be busy for long.
    package static func offLoop<Value: Sendable>(
        _ body: @escaping @Sendable () throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        do {
            return try await NIOThreadPool.singleton.runIfActive { try body() }
        } catch {
            throw error as? Failure ?? Failure(.internalError, "\(error)")
        }
    }

    private func attempt(_ body: () throws(Failure) -> Void) {
        do throws(Failure) {
            try body()
        } catch {
            send(error)
        }
    }

    // MARK: - The response

    /// Sends a failure as the surface renders it.
    package func send(_ failure: Failure, of outcome: Outcome? = nil) {
        send(surface.response(to: failure, id: identify()), of: outcome)
    }

    /// Sends an outcome: a failure as the surface renders it, a result as JSON.
    package func send(_ outcome: Outcome) {
        switch outcome.result {
        case .success(let json): send(.json(json), of: outcome)
        case .failure(let failure): send(failure, of: outcome)
        }
    }

    /// Sends a response.
    ///
    /// - Parameter outcome: The outcome that it tells of, if there is one.
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
            // Nobody's page asks; a page that does is looked at then.
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
        // A page that may call may send what headers it likes.
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
