import HTTPTypes
import InvocationProtocol
import Testing

@testable import Ingress

struct RouteTests {
    @Test(arguments: [
        (HTTPRequest.Method.post, "/", Route.call(path: nil)), (.post, "/any/path", .call(path: nil)),
        (.post, "/functions.a.b", .call(path: "functions.a.b")), (.get, "/functions.a.b", .call(path: "functions.a.b")),
        (.post, "/functions.a%2Eb", .call(path: "functions.a.b")), (.post, "/functions.a.b/c", .call(path: nil)),
        (.head, "/functions.a.b", .root), (.get, "/", .root), (.head, "/", .root), (.get, "/_/health", .health),
        (.get, "/_/functions", .functions), (.options, "/", .preflight),
        (.get, "/_/events", .events), (.head, "/_/events", .events), (.get, "/_/client.js", .asset(.client)),
        (.get, "/_/console/page.css", .asset(.style)),
    ])
    func findsWhatARequestAsksFor(method: HTTPRequest.Method, path: String, route: Route) throws {
        #expect(try Route(method: method, path: path) == route)
    }

    @Test(arguments: [
        (HTTPRequest.Method.put, "/", ErrorCode.methodNotAllowed), (.delete, "/functions.a.b", .methodNotAllowed),
        (.trace, "/", .methodNotAllowed), (.post, "/_/health", .methodNotAllowed), (.get, "/_/nothing", .pathNotFound),
        (.post, "/_/nothing", .pathNotFound), (.get, "/_/client", .pathNotFound),
        (.post, "/_/events", .methodNotAllowed), (.get, "/example.greet", .pathNotFound), (.post, "/_/", .pathNotFound),
    ])
    func refusesTheRest(method: HTTPRequest.Method, path: String, code: ErrorCode) {
        let error = #expect(throws: InvocationFailure.self) { try Route(method: method, path: path) }
        #expect(error?.code == code)
    }
}
