package import Failures
import FunctionContracts
package import Invocations
package import NIOCore
import NIOHTTP1
package import Surfaces
import Values
package import WorkerProtocol

/// Calls as the cloud makes them: `POST` to any path, with an ``Envelope`` as the body.
package struct Calls: InvokingSurface {
    /// The keys with which requests must be signed in production mode, or nil in development.
    private let keys: SignatureKeys?

    package init(keys: SignatureKeys? = nil) {
        self.keys = keys
    }

    package func takes(_ request: Request) -> Bool { isProduction || isCall(request) }

    private var isProduction: Bool { keys != nil }

    private func isCall(_ request: Request) -> Bool {
        request.method == .POST && !request.path.hasPrefix("/_/")
    }

    package func respond(to exchange: Exchange) throws(Failure) {
        try checkTarget(of: exchange.request)
        try invoke(exchange)
    }

    /// Checks that a request is a call. In production mode there is no other surface for those that are not.
    func checkTarget(of request: Request) throws(Failure) {
        guard request.method == .POST else { throw .methodNotAllowed(request.method, allow: "POST, OPTIONS") }
        guard isCall(request) else {
            throw Failure(
                .pathNotFound, "There is nothing at \(request.path)",
                remedy: "In production mode there are only calls, POST /.")
        }
    }

    package func check(_ request: Request) throws(Failure) {
        let contentType = request["Content-Type"]
        guard MediaType(contentType) == .json else {
            throw Failure(
                .unsupportedContentType, "The content type '\(contentType ?? "")' is not taken here",
                remedy: "Send Content-Type: application/json, or call /functions.FILE.FUNCTION, which takes any.")
        }
    }

    package func invocation(
        from request: Request, body: ByteBuffer, id: ActivationID
    ) throws(Failure) -> Invocation {
        if let keys {
            try SignedRequest(body: body, authorization: request["Authorization"]).check(keys)
        }
        let envelope = try Envelope(body)
        if envelope.name.text.isEmpty, request.path != "/" { throw .noName(request.path) }
        return Invocation(
            id: id, cause: .http, target: envelope.name, input: .arguments(envelope.arguments),
            context: envelope.context, overrides: envelope.overrides, parent: try request.parentActivationID)
    }

    package func response(to failure: Failure, id: ActivationID) -> Response {
        guard let text = failure.cloudText else { return .error(failure, status: failure.code.status, id: id) }
        var response = Response.json(.string(text))
        response.add(failure)
        return response
    }
}

extension Failure {
    /// Returns the failure of a call without a name, whose sender may have meant a path for it.
    fileprivate static func noName(_ path: String) -> Failure {
        let dotted = path.split(separator: "/").joined(separator: ".")
        return Failure(
            .invalidName, "The body names no function, and \(path) is no path of one",
            remedy: "Call /\(dotted), with dots, or name the function in the body: {\"name\": \"\(dotted)\"}.")
    }
}
