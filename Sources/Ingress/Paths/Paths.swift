package import Failures
import FunctionContracts
package import Invocations
package import NIOCore
import NIOHTTP1
package import Surfaces
import Values
package import WorkerProtocol

/// Calls by path, as in `curl 127.0.0.1:8020/functions.example.greet`. The body is a JSON object of arguments, or the
/// query holds them as text.
package struct Paths: InvokingSurface {
    package init() {}

    package func takes(_ request: Request) -> Bool {
        request.path.hasPrefix("/functions.") && !request.path.utf8.dropFirst().contains(UInt8(ascii: "/"))
    }

    package func respond(to exchange: Exchange) throws(Failure) {
        switch exchange.request.method {
        case .GET, .POST: try invoke(exchange)
        // A request for the head alone does not run the function.
        case .HEAD: exchange.send(.json(ByteBuffer()))
        case let method: throw .methodNotAllowed(method, allow: "GET, HEAD, POST, OPTIONS")
        }
    }

    package func invocation(
        from request: Request, body: ByteBuffer, id: ActivationID
    ) throws(Failure) -> Invocation {
        let target = try FunctionName(try Query.decode(request.path.dropFirst()))
        if request.method == .POST, body.readableBytes > 0 { try RequestJSON.scan(body, called: "body") }
        let context = try RequestJSON.context(of: request)
        return Invocation(
            id: id, cause: .http, target: target,
            input: request.method == .POST
                ? .arguments(body)
                : Self.arguments(try Query.parse((request.query ?? "").utf8, called: "query")),
            context: context, parent: try request.parentActivationID)
    }

    private static func arguments(_ query: [(name: String, value: String)]) -> Invocation.Input {
        guard !query.isEmpty else { return .arguments(ByteBuffer()) }
        let values = JSONObject(query.map { ($0.name, .string($0.value)) })
        // Text always has a JSON form.
        return .arguments(ByteBuffer(bytes: (try? JSONValue.object(values).jsonBytes()) ?? []), areText: true)
    }

    /// Returns the error object with the status of the failure, which the function's author may have chosen.
    package func response(to failure: Failure, id: ActivationID) -> Response {
        .error(failure, status: failure.status, id: id)
    }
}
