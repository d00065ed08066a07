import Failures
import Logging
import NIOCore
import NIOHTTP1
import PrometheusMetrics
import Values
import WorkerProtocol

/// Answers requests: one guard before everything, one place that turns failures into answers.
struct Responder: Sendable {
    let host: FunctionHost
    let requestGuard: RequestGuard
    /// In production mode, who may sign requests; nil in development.
    let signatureKeys: SignatureKeys?
    let objects: ObjectStorage
    let logger: Logger
    /// The longest body that is read, in bytes.
    static let longestBody = 64 << 20

    /// Answers one request, now or later; must be on the event loop.
    func respond(to request: Request, on connection: HTTPConnection) {
        let reply = Reply(to: request, on: connection, surface: surface(of: request))
        do throws(Failure) {
            reply.origin = try check(request)
            try perform(try route(request), reply)
        } catch {
            reply.send(.failure(error))
        }
    }

    private func perform(_ route: Route, _ reply: Reply) throws(Failure) {
        let request = reply.request, core = host.core.value
        switch route {
        case .preflight: reply.send(.success(Answer(status: .noContent, headers: [:], body: ByteBuffer())))
        case .health: reply.send(.success(.json(core.health)))
        case .metrics:
            reply.send(
                .success(
                    Answer(
                        status: .ok, headers: ["Content-Type": PrometheusRegistry.contentType],
                        body: ByteBuffer(string: core.exposition))))
        case .functions: later(reply) { () throws(Failure) in .json(try await core.describedFunctions) }
        case .openAPI:
            let server = "http://\(request.authority ?? "127.0.0.1")"
            later(reply) { () throws(Failure) in .json(try await core.openAPI(server: server)) }
        case .events: reply.send(.success(try events(for: reply)))
        case .objects(let id): later(reply) { () throws(Failure) in try await object(id, reply) }
        case .asset(let asset): reply.send(.success(asset.answer))
        case .root: reply.send(.success(Self.root(accepting: request["Accept"], host: request.authority)))
        case .call(let path): try call(path, reply)
        }
    }

    /// Answers with what has to be waited for.
    private func later(_ reply: Reply, _ answer: @escaping () async throws(Failure) -> Answer) {
        let bound = NIOLoopBound((reply: reply, answer: answer), eventLoop: host.eventLoop)
        Task.immediate(executorPreference: host.executor) {
            let (reply, answer) = bound.value
            do throws(Failure) {
                reply.send(.success(try await answer()))
            } catch {
                reply.send(.failure(error))
            }
        }
    }

    private func route(_ request: Request) throws(Failure) -> Route {
        signatureKeys == nil
            ? try Route(method: request.method, path: request.path)
            : try .inProduction(method: request.method, path: request.path)
    }

    private func surface(of request: Request) -> Route.Surface {
        guard signatureKeys == nil else { return .envelope }
        return Route.surface(
            method: request.method, path: request.path, contentType: request["Content-Type"])
    }

    private func check(_ request: Request) throws(Failure) -> String? {
        guard request.count(of: "Host") < 2 else {
            throw Failure(.invalidRequest, "The request has more than one Host header")
        }
        return try requestGuard.check(
            host: request.authority,
            origin: request["Origin"], fetchSite: request["Sec-Fetch-Site"])
    }

    private func call(_ path: String?, _ reply: Reply) throws(Failure) {
        let request = reply.request, id = ActivationID.random()
        reply.activationID = id
        let parent = try parent(of: request)
        if path == nil, reply.surface == .envelope { try Self.requireJSON(request["Content-Type"]) }
        request.body.collect(upTo: Self.longestBody) { body in
            do throws(Failure) {
                let call = try callRequest(path, try Self.taken(body), reply)
                host.core.value.call(call, activationID: id, parent: parent, caller: reply.connection.caller) {
                    reply.send($0)
                }
            } catch {
                reply.send(.failure(error))
            }
        }
    }

    private func callRequest(
        _ path: String?, _ body: ByteBuffer, _ reply: Reply
    ) throws(Failure) -> CallRequest {
        let request = reply.request
        if let path {
            let context = request[IngressHeader.context]
            return request.method == .GET
                ? try CallRequest(path: path, query: Query.parse(request.query ?? ""), context: context)
                : try CallRequest(path: path, body: body, context: context)
        }
        if reply.surface == .form { return try FormCall(body).request }
        if let signatureKeys {
            try SignedRequest(body: body, authorization: request["Authorization"]).check(signatureKeys)
        }
        return try CallRequest(envelope: body)
    }

    /// Answers a request for objects, once the function that decides has allowed it.
    private func object(_ id: String?, _ reply: Reply) async throws(Failure) -> Answer {
        let request = reply.request, activationID = ActivationID.random()
        reply.activationID = activationID
        let names = Query.parse(request.query ?? "").filter { $0.name == "name" }
        var task = ObjectStorage.ObjectTask(
            method: request.method, id: id, name: names.last.flatMap { $0.value.isEmpty ? nil : $0.value },
            contentType: request["Content-Type"] ?? "application/octet-stream")
        let action = try task.action
        let call = try CallRequest(
            path: "functions.\(action.function)", body: ByteBuffer(), context: request[IngressHeader.context])
        task.context = call.context
        let answer: ByteBuffer
        do throws(Failure) {
            answer = try await host.core.value.call(
                call, activationID: activationID, parent: try parent(of: request), caller: reply.connection.caller)
        } catch {
            throw ObjectGrant.denial(error, of: action)
        }
        let json = (try? JSONValue(parsing: answer.readableBytesUInt8Span)) ?? .null
        let grant = try ObjectGrant(json, of: action)
        // Nothing is read of what is denied.
        task.body = try Self.taken(
            await withCheckedContinuation { continuation in
                request.body.collect(upTo: Self.longestBody) { continuation.resume(returning: $0) }
            })
        return try await objects.perform(task, grant)
    }

    /// The call whose function sends the request, where it says so.
    private func parent(of request: Request) throws(Failure) -> ActivationID? {
        guard let text = request[IngressHeader.parentActivationID] else { return nil }
        guard let id = ActivationID(text) else {
            throw Failure(
                .invalidRequest, "The header Ingress-Parent-Activation-Id is no activation id: \(text)",
                remedy: "Send the 32 hexadecimal digits of context.activationID, or leave it out.")
        }
        return id
    }

    private static func taken(
        _ body: Result<ByteBuffer, RequestBody.Failure>
    ) throws(Failure) -> ByteBuffer {
        switch body {
        case .success(let bytes): return bytes
        case .failure(.tooLong):
            throw Failure(
                .bodyTooLarge, "The body is longer than \(longestBody >> 20) MB",
                remedy: "Send less, or store the data and send where it is.")
        case .failure(.cut): throw Failure(.invalidRequest, "The body did not come whole")
        }
    }

    private static func requireJSON(_ contentType: String?) throws(Failure) {
        guard MediaType(contentType) == .json else {
            throw Failure(
                .unsupportedContentType, "The content type '\(contentType ?? "")' is not taken here",
                remedy: "Send Content-Type: application/json, or call /functions.FILE.FUNCTION, which takes any.")
        }
    }

    private func events(for reply: Reply) throws(Failure) -> Answer {
        let headers: HTTPHeaders = ["Content-Type": "text/event-stream", "Cache-Control": "no-store"]
        var answer = Answer(status: .ok, headers: headers, body: ByteBuffer())
        guard reply.request.method != .HEAD else { return answer }
        let core = host.core.value
        answer.subscriber = core.events.subscribe(state: core.state) { [weak connection = reply.connection] in
            connection?.close()
        }
        guard answer.subscriber != nil else {
            throw Failure(
                .queueFull, "Too many read the events already", remedy: "Close some of the open consoles.")
        }
        return answer
    }

    /// The console for browsers, a few words for everyone else.
    private static func root(accepting types: String?, host: String?) -> Answer {
        let wantsPage = types?.lowercased().contains("text/html") ?? false
        var answer = wantsPage ? ConsoleAsset.page.answer : welcome(host: host)
        answer.headers.replaceOrAdd(name: "Vary", value: "Accept, Origin")
        return answer
    }

    private static func welcome(host: String?) -> Answer {
        let text = """
            The ingress runs. GET /_/functions lists the functions; call one with
            curl \(host ?? "127.0.0.1:8020")/functions.example.greet -d '{"name":"Ada"}'

            """
        return Answer(
            status: .ok, headers: ["Content-Type": "text/plain; charset=utf-8"], body: ByteBuffer(string: text))
    }
}
