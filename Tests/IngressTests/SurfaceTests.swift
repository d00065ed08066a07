import Failures
import NIOHTTP1
import Surfaces
import TestSupport
import Testing

@testable import Ingress

/// Tests which surface takes a request.
@Suite(.supervised)
struct SurfaceTests {
    private static let form = "application/x-www-form-urlencoded"

    private func surface(_ method: HTTPMethod, _ path: String, _ type: String?) -> String {
        let headers: HTTPHeaders = type.map { ["Content-Type": $0] } ?? [:]
        let request = Request(HTTPRequestHead(version: .http1_1, method: method, uri: path, headers: headers))
        let surfaces: [any Surface] = [Objects(folder: "/objects"), Paths(), Forms(), Calls()]
        return surfaces.first { $0.takes(request) }.map { String(describing: Swift.type(of: $0)) } ?? ""
    }

    @Test(
        arguments: [
            (HTTPMethod.POST, "/", Self.form, "Forms"), (.POST, "/any", Self.form, "Forms"), (.GET, "/", Self.form, ""),
            (.POST, "/", "application/json", "Calls"), (.POST, "/", nil, "Calls"), (.POST, "/any/path", nil, "Calls"),
            (.POST, "/_/x", Self.form, ""), (.POST, "/_/", nil, ""), (.POST, "/functions.a.b", Self.form, "Paths"),
            (.GET, "/functions.a.b", nil, "Paths"), (.HEAD, "/functions.a.b", nil, "Paths"),
            (.PUT, "/functions.a.b", nil, "Paths"), (.POST, "/functions.a.b/c", nil, "Calls"),
            (.POST, "/functions.a/b", Self.form, "Forms"), (.GET, "/functions.a/b", nil, ""),
            (.GET, "/_/objects", nil, "Objects"), (.PUT, "/_/objects/", nil, "Objects"),
            (.DELETE, "/_/objects/a%2Fb", nil, "Objects"), (.GET, "/_/objectsx", nil, ""), (.PUT, "/", nil, ""),
            (.GET, "/example.greet", nil, ""),
        ] as [(HTTPMethod, String, String?, String)])
    func takesItsRequests(method: HTTPMethod, path: String, type: String?, taker: String) {
        #expect(surface(method, path, type) == taker)
    }

    @Test(
        arguments: [
            (HTTPMethod.POST, "/", nil), (.POST, "/any", nil), (.POST, "/_/health", ErrorCode.pathNotFound),
            (.GET, "/", .methodNotAllowed), (.GET, "/_/health", .methodNotAllowed), (.PUT, "/", .methodNotAllowed),
        ] as [(HTTPMethod, String, ErrorCode?)])
    func inProductionThereAreOnlyCalls(method: HTTPMethod, path: String, code: ErrorCode?) throws {
        let request = Request(HTTPRequestHead(version: .http1_1, method: method, uri: path))
        let calls = Calls(keys: SignatureKeys([]))
        #expect(calls.takes(request))
        if let code {
            #expect(#expect(throws: Failure.self) { try calls.checkTarget(of: request) }?.code == code)
        } else {
            try calls.checkTarget(of: request)
        }
    }

    @Test(
        arguments: [
            ("application/json", true), ("Application/JSON; charset=utf-8", true), ("text/plain", false), (nil, false),
        ] as [(String?, Bool)])
    func aCallIsJSON(type: String?, isTaken: Bool) {
        let headers: HTTPHeaders = type.map { ["Content-Type": $0] } ?? [:]
        let request = Request(HTTPRequestHead(version: .http1_1, method: .POST, uri: "/", headers: headers))
        #expect(((try? Calls().check(request)) != nil) == isTaken)
    }
}
