import Failures
import NIOHTTP1
import Values

/// What a request asks for.
enum Route: Equatable {
    case preflight
    case health
    case functions
    /// `GET /_/openapi.json`
    case openAPI
    /// `GET /_/metrics`
    case metrics
    /// `GET /_/events`
    case events
    /// Objects; with the public id of one, nil for all.
    case objects(id: String?)
    /// A file of the console.
    case asset(ConsoleAsset)
    /// `GET /`
    case root
    /// A call; with the function's path on the curl surface, nil when the body names it.
    case call(path: String?)

    /// The ways to call.
    enum Surface {
        /// `POST /` with name and arguments in the body.
        case envelope
        /// `POST /` by an HTML form, answered with a page.
        case form
        /// `/functions.example.greet`
        case direct
    }

    /// Which surface a request belongs to, by its path and its body's type.
    static func surface(method: HTTPMethod, path: String, contentType: String?) -> Surface {
        if isFunction(path) { return .direct }
        return method == .POST && MediaType(contentType) == .form && !path.hasPrefix("/_/") ? .form : .envelope
    }

    /// Whether a path names a function.
    private static func isFunction(_ path: String) -> Bool {
        path.hasPrefix("/functions.") && !path.dropFirst().contains("/")
    }

    /// Finds what a request asks for in production mode, where there are only calls, each with its name in the body.
    ///
    /// - Throws: ``Failure`` with the code `path-not-found` or `method-not-allowed`.
    static func inProduction(method: HTTPMethod, path: String) throws(Failure) -> Route {
        switch method {
        case .OPTIONS: return .preflight
        case .POST where path.hasPrefix("/_/"):
            throw Failure(
                .pathNotFound, "There is nothing at \(path)", remedy: "In production mode there are only calls, POST /."
            )
        case .POST: return .call(path: nil)
        default: throw notAllowed(method, allow: "POST, OPTIONS")
        }
    }

    /// Finds what a request asks for.
    ///
    /// - Throws: ``Failure`` with the code `path-not-found` or `method-not-allowed`.
    init(method: HTTPMethod, path: String) throws(Failure) {
        if method == .OPTIONS {
            self = .preflight
            return
        }
        let isRead = method == .GET || method == .HEAD
        if let id = Self.object(path) {
            self = .objects(id: id.isEmpty ? nil : id)
        } else if path.hasPrefix("/_/") {
            self = try Self.own(path)
            guard isRead else { throw Self.notAllowed(method, allow: "GET, HEAD, OPTIONS") }
        } else if Self.isFunction(path), method == .GET || method == .POST {
            self = .call(path: Query.decode(path.dropFirst()))
        } else if method == .POST {
            self = .call(path: nil)
        } else if isRead, path == "/" || Self.isFunction(path) {
            // Asked for its head alone, a function does not run.
            self = .root
        } else if isRead {
            throw Failure(
                .pathNotFound, "There is nothing to read at \(path)",
                remedy: "Functions are at paths such as /functions.example.greet; GET /_/functions lists them.")
        } else {
            throw Self.notAllowed(method, allow: "GET, HEAD, POST, OPTIONS")
        }
    }

    /// The public id in the path of an object, empty for that of all; nil for other paths.
    private static func object(_ path: String) -> String? {
        let all = "/_/objects"
        if path == all { return "" }
        guard path.hasPrefix(all + "/") else { return nil }
        return Query.decode(path.dropFirst(all.count + 1))
    }

    private static func own(_ path: String) throws(Failure) -> Route {
        switch path {
        case "/_/health": return .health
        case "/_/functions": return .functions
        case "/_/openapi.json": return .openAPI
        case "/_/metrics": return .metrics
        case "/_/events": return .events
        default:
            if let asset = ConsoleAsset(path: path) { return .asset(asset) }
            throw Failure(
                .pathNotFound, "There is nothing at \(path)",
                remedy:
                    "There are /_/health, /_/functions, /_/openapi.json, /_/metrics, /_/events, /_/objects and /_/client.js."
            )
        }
    }

    private static func notAllowed(_ method: HTTPMethod, allow: String) -> Failure {
        Failure(
            .methodNotAllowed, "The method \(method.rawValue) is not taken here",
            remedy: "Use one of \(allow).", details: ["allow": .string(allow)])
    }
}
