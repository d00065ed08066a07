import InvocationProtocol
import NIOHTTP1
import TestSupport
import Testing

@testable import Ingress

@Suite(.supervised)
struct RouteTests {
    @Test(arguments: [
        (HTTPMethod.POST, "/", Route.call(path: nil)), (.POST, "/any/path", .call(path: nil)),
        (.POST, "/functions.a.b", .call(path: "functions.a.b")), (.GET, "/functions.a.b", .call(path: "functions.a.b")),
        (.POST, "/functions.a%2Eb", .call(path: "functions.a.b")), (.POST, "/functions.a.b/c", .call(path: nil)),
        (.HEAD, "/functions.a.b", .root), (.GET, "/", .root), (.HEAD, "/", .root), (.GET, "/_/health", .health),
        (.GET, "/_/functions", .functions), (.OPTIONS, "/", .preflight),
        (.GET, "/_/events", .events), (.HEAD, "/_/events", .events), (.GET, "/_/client.js", .asset(.client)),
        (.GET, "/_/console/page.css", .asset(.style)),
    ])
    func findsWhatARequestAsksFor(method: HTTPMethod, path: String, route: Route) throws {
        #expect(try Route(method: method, path: path) == route)
    }

    @Test(arguments: [
        (HTTPMethod.PUT, "/", ErrorCode.methodNotAllowed), (.DELETE, "/functions.a.b", .methodNotAllowed),
        (.TRACE, "/", .methodNotAllowed), (.POST, "/_/health", .methodNotAllowed), (.GET, "/_/nothing", .pathNotFound),
        (.POST, "/_/nothing", .pathNotFound), (.GET, "/_/client", .pathNotFound),
        (.POST, "/_/events", .methodNotAllowed), (.GET, "/example.greet", .pathNotFound), (.POST, "/_/", .pathNotFound),
    ])
    func refusesTheRest(method: HTTPMethod, path: String, code: ErrorCode) {
        let error = #expect(throws: InvocationFailure.self) { try Route(method: method, path: path) }
        #expect(error?.code == code)
    }
}
