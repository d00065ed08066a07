import HTTPTypes
import HummingbirdCore
import InvocationProtocol
import Logging
import NIOCore
import PrometheusMetrics
import Values

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

    /// Answers one request; runs on the connection's event loop.
    func respond(to request: Request, on channel: any Channel) async throws -> Answer {
        let surface = surface(of: request)
        var origin: String?
        var activationID: ActivationID?
        var start: CallStart?
        var answer: Answer
        do throws(InvocationFailure) {
            origin = try check(request)
            switch try route(request) {
            case .preflight: answer = Answer(status: .noContent, headers: [:], body: ByteBuffer())
            case .health: answer = .json(host.core.value.health)
            case .metrics:
                answer = Answer(
                    status: .ok, headers: [.contentType: PrometheusRegistry.contentType],
                    body: ByteBuffer(string: host.core.value.exposition))
            case .functions: answer = .json(try await host.core.value.describedFunctions)
            case .openAPI:
                answer = .json(
                    try await host.core.value.openAPI(server: "http://\(request.head.authority ?? "127.0.0.1")"))
            case .events: answer = try events(for: request, on: channel)
            case .objects(let objectID):
                let id = ActivationID.random()
                activationID = id
                answer = try await object(objectID, request, on: channel, activationID: id)
            case .asset(let asset): answer = asset.answer
            case .root: answer = Self.root(accepting: request.headers[.accept], host: request.head.authority)
            case .call(let path):
                let id = ActivationID.random()
                activationID = id
                let result = try await call(
                    request, on: channel, path: path, surface: surface, activationID: id
                ) { start = $0 }
                answer = surface == .form ? FormPage.result(result) : .json(result)
            }
        } catch {
            // What was no call gets an identity too, by which people can speak of it.
            let id = activationID ?? .random()
            activationID = id
            answer = Self.answer(to: error, surface: surface, activationID: id)
        }
        if let activationID { answer.headers[.ingressActivationID] = activationID.description }
        if let start {
            answer.headers[.ingressGeneration] = String(start.generation)
            if start.buildHasFailed { answer.headers[.ingressBuild] = "failed" }
        }
        if let origin {
            Self.addCORS(origin, to: &answer, for: request)
        } else if request.method == .options, request.headers[.origin] == nil {
            // Nobody's page asks; whose page will, is looked at then.
            Self.addCORS("*", to: &answer, for: request)
        }
        return answer
    }

    /// Whether a request passes the guard.
    func lets(_ request: Request) -> Bool {
        do {
            _ = try check(request)
            return true
        } catch {
            return false
        }
    }

    private func route(_ request: Request) throws(InvocationFailure) -> Route {
        signatureKeys == nil
            ? try Route(method: request.method, path: request.uri.path)
            : try .inProduction(method: request.method, path: request.uri.path)
    }

    private func surface(of request: Request) -> Route.Surface {
        guard signatureKeys == nil else { return .envelope }
        return Route.surface(
            method: request.method, path: request.uri.path, contentType: request.headers[.contentType])
    }

    private func check(_ request: Request) throws(InvocationFailure) -> String? {
        guard request.headers[.host] == nil else {
            throw InvocationFailure(.invalidRequest, "The request has more than one Host header")
        }
        return try requestGuard.check(
            host: request.head.authority,
            origin: request.headers[.origin], fetchSite: request.headers[.secFetchSite])
    }

    private func call(
        _ request: Request, on channel: any Channel, path: String?, surface: Route.Surface,
        activationID: ActivationID, started: (CallStart) -> Void
    ) async throws(InvocationFailure) -> ByteBuffer {
        let call: CallRequest
        if let path {
            let context = request.headers[.ingressContext]
            if request.method == .get {
                call = try CallRequest(path: path, query: Query.parse(request.uri.query ?? ""), context: context)
            } else {
                call = try CallRequest(path: path, body: try await body(of: request), context: context)
            }
        } else if surface == .form {
            call = try FormCall(try await body(of: request)).request
        } else {
            try Self.requireJSON(request.headers[.contentType])
            let body = try await body(of: request)
            if let signatureKeys {
                try SignedRequest(body: body, authorization: request.headers[.authorization]).check(signatureKeys)
            }
            call = try CallRequest(envelope: body)
        }
        return try await host.core.value.call(
            call, activationID: activationID, parent: try parent(of: request), caller: caller(on: channel),
            started: started)
    }

    /// Answers a request for objects, once the function that decides has allowed it.
    private func object(
        _ id: String?, _ request: Request, on channel: any Channel, activationID: ActivationID
    ) async throws(InvocationFailure) -> Answer {
        let names = Query.parse(request.uri.query ?? "").filter { $0.name == "name" }
        var task = ObjectStorage.ObjectTask(
            method: request.method, id: id, name: names.last.flatMap { $0.value.isEmpty ? nil : $0.value },
            contentType: request.headers[.contentType] ?? "application/octet-stream")
        let action = try task.action
        let call = try CallRequest(
            path: "functions.\(action.function)", body: ByteBuffer(), context: request.headers[.ingressContext])
        task.context = call.context
        let answer: ByteBuffer
        do throws(InvocationFailure) {
            answer = try await host.core.value.call(
                call, activationID: activationID, parent: try parent(of: request), caller: caller(on: channel),
                started: { _ in })
        } catch {
            throw ObjectGrant.denial(error, of: action)
        }
        let json = (try? JSONValue(parsing: answer.readableBytesUInt8Span)) ?? .null
        let grant = try ObjectGrant(json, of: action)
        // Nothing is read of what is denied.
        task.body = try await body(of: request)
        return try await objects.perform(task, grant)
    }

    private func caller(on channel: any Channel) -> Caller {
        (try? channel.pipeline.syncOperations.handler(type: ConnectionHandler.self).caller) ?? Caller()
    }

    /// The call whose function sends the request, where it says so.
    private func parent(of request: Request) throws(InvocationFailure) -> ActivationID? {
        guard let text = request.headers[.ingressParentActivationID] else { return nil }
        guard let id = ActivationID(text) else {
            throw InvocationFailure(
                .invalidRequest, "The header Ingress-Parent-Activation-Id is no activation id: \(text)",
                remedy: "Send the 32 hexadecimal digits of context.activationID, or leave it out.")
        }
        return id
    }

    private func body(of request: Request) async throws(InvocationFailure) -> ByteBuffer {
        do {
            return try await request.body.collect(upTo: Self.longestBody)
        } catch is NIOTooManyBytesError {
            throw InvocationFailure(
                .bodyTooLarge, "The body is longer than \(Self.longestBody >> 20) MB",
                remedy: "Send less, or store the data and send where it is.")
        } catch {
            throw InvocationFailure(.invalidRequest, "The body did not come whole: \(error)")
        }
    }

    private static func requireJSON(_ contentType: String?) throws(InvocationFailure) {
        guard MediaType(contentType) == .json else {
            throw InvocationFailure(
                .unsupportedContentType, "The content type '\(contentType ?? "")' is not taken here",
                remedy: "Send Content-Type: application/json, or call /functions.FILE.FUNCTION, which takes any.")
        }
    }

    /// On the IXON surface a function that is not there, and an operation that MongoDB refused, are answers, not errors.
    private static func answer(to failure: InvocationFailure, surface: Route.Surface, activationID: ActivationID)
        -> Answer
    {
        let text: String
        switch failure.code {
        case .functionNotFound where surface != .direct: text = failure.message
        case .documentStoreOperationFailed where surface != .direct:
            text = (["Document DB operation failure"] + [failure.details["codeName"]?.string].compactMap(\.self))
                .joined(separator: ": ")
        default: return .failure(failure, surface: surface, activationID: activationID)
        }
        let json = Answer.json(.string(text))
        var answer = surface == .form ? FormPage.result(json.body) : json
        answer.headers[.ingressError] = failure.code.rawValue
        return answer
    }

    private static func addCORS(_ origin: String, to answer: inout Answer, for request: Request) {
        answer.headers[.accessControlAllowOrigin] = origin
        if answer.headers[.vary]?.hasSuffix("Origin") != true {
            answer.headers[.vary] = answer.headers[.vary].map { "\($0), Origin" } ?? "Origin"
        }
        answer.headers[.accessControlAllowMethods] = "GET, HEAD, POST, PUT, DELETE, OPTIONS"
        // A page that may call may send what headers it likes.
        answer.headers[.accessControlAllowHeaders] =
            request.headers[.accessControlRequestHeaders] ?? "Content-Type, Ingress-Context"
        answer.headers[.accessControlExposeHeaders] =
            "Ingress-Activation-Id, Ingress-Generation, Ingress-Build, Ingress-Error"
        guard request.method == .options else { return }
        // As in the Python reference.
        answer.headers[.accessControlMaxAge] = "30"
        answer.headers[.accessControlAllowCredentials] = "false"
    }

    private func events(for request: Request, on channel: any Channel) throws(InvocationFailure) -> Answer {
        let headers: HTTPFields = [.contentType: "text/event-stream", .cacheControl: "no-store"]
        var answer = Answer(status: .ok, headers: headers, body: ByteBuffer())
        guard request.method != .head else { return answer }
        let core = host.core.value
        answer.subscriber = core.events.subscribe(state: core.state) { channel.close(promise: nil) }
        guard answer.subscriber != nil else {
            throw InvocationFailure(
                .queueFull, "Too many read the events already", remedy: "Close some of the open consoles.")
        }
        return answer
    }

    /// The console for browsers, a few words for everyone else.
    private static func root(accepting types: String?, host: String?) -> Answer {
        let wantsPage = types?.lowercased().contains("text/html") ?? false
        var answer = wantsPage ? ConsoleAsset.page.answer : welcome(host: host)
        answer.headers[.vary] = "Accept, Origin"
        return answer
    }

    private static func welcome(host: String?) -> Answer {
        let text = """
            The ingress runs. GET /_/functions lists the functions; call one with
            curl \(host ?? "127.0.0.1:8020")/functions.example.greet -d '{"name":"Ada"}'

            """
        return Answer(
            status: .ok, headers: [.contentType: "text/plain; charset=utf-8"], body: ByteBuffer(string: text))
    }
}
