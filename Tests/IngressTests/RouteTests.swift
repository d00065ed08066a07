import Failures
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
        (.GET, "/_/console/page.css", .asset(.style)), (.GET, "/_/openapi.json", .openAPI),
        (.GET, "/_/metrics", .metrics), (.GET, "/_/objects", .objects(id: nil)),
        (.PUT, "/_/objects/", .objects(id: nil)), (.DELETE, "/_/objects/a%2Fb", .objects(id: "a/b")),
    ])
    func findsWhatARequestAsksFor(method: HTTPMethod, path: String, route: Route) throws {
        #expect(try Route(method: method, path: path) == route)
    }

    @Test(arguments: [
        (HTTPMethod.PUT, "/", ErrorCode.methodNotAllowed), (.DELETE, "/functions.a.b", .methodNotAllowed),
        (.TRACE, "/", .methodNotAllowed), (.POST, "/_/health", .methodNotAllowed), (.GET, "/_/nothing", .pathNotFound),
        (.POST, "/_/nothing", .pathNotFound), (.GET, "/_/client", .pathNotFound),
        (.POST, "/_/events", .methodNotAllowed), (.GET, "/example.greet", .pathNotFound), (.POST, "/_/", .pathNotFound),
        (.GET, "/_/objectsx", .pathNotFound), (.PUT, "/functions.a.b", .methodNotAllowed),
    ])
    func refusesTheRest(method: HTTPMethod, path: String, code: ErrorCode) {
        let error = #expect(throws: Failure.self) { try Route(method: method, path: path) }
        #expect(error?.code == code)
    }

    private static let form: String? = "application/x-www-form-urlencoded"

    @Test(arguments: [
        (HTTPMethod.POST, "/", form, Route.Surface.form), (.POST, "/any", form, .form), (.GET, "/", form, .envelope),
        (.POST, "/", "application/json", .envelope), (.POST, "/", nil, .envelope), (.POST, "/_/x", form, .envelope),
        (.POST, "/functions.a.b", form, .direct), (.GET, "/functions.a.b", nil, .direct),
        (.POST, "/functions.a/b", form, .form),
    ])
    func knowsTheSurface(method: HTTPMethod, path: String, type: String?, surface: Route.Surface) {
        #expect(Route.surface(method: method, path: path, contentType: type) == surface)
    }

    @Test(arguments: [
        (HTTPMethod.POST, "/", nil), (.POST, "/functions.a.b", nil), (.POST, "/_/health", ErrorCode.pathNotFound),
        (.GET, "/", .methodNotAllowed), (.GET, "/_/health", .methodNotAllowed), (.PUT, "/", .methodNotAllowed),
    ])
    func inProductionThereAreOnlyCalls(method: HTTPMethod, path: String, code: ErrorCode?) throws {
        if let code {
            let error = #expect(throws: Failure.self) { try Route.inProduction(method: method, path: path) }
            #expect(error?.code == code)
        } else {
            #expect(try Route.inProduction(method: method, path: path) == .call(path: nil))
        }
    }
}
