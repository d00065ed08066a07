import HTTPTypes
import InvocationProtocol
import Values

/// What a request asks for.
enum Route: Equatable {
    case preflight
    case health
    case functions
    /// `GET /_/metrics`
    case metrics
    /// `GET /_/events`
    case events
    /// A file of the console.
    case asset(ConsoleAsset)
    /// `GET /`
    case root
    /// A call; with the function's path on the curl surface, nil when the body names it.
    case call(path: String?)

    /// The two ways to call.
    enum Surface {
        /// `POST /` with name and arguments in the body.
        case envelope
        /// `/functions.example.greet`
        case direct
    }

    /// Which surface a path belongs to.
    static func surface(of path: String) -> Surface {
        path.hasPrefix("/functions.") && !path.dropFirst().contains("/") ? .direct : .envelope
    }

    /// Finds what a request asks for.
    ///
    /// - Throws: ``InvocationFailure`` with the code `path-not-found` or `method-not-allowed`.
    init(method: HTTPRequest.Method, path: String) throws(InvocationFailure) {
        if method == .options {
            self = .preflight
            return
        }
        let isRead = method == .get || method == .head
        if path.hasPrefix("/_/") {
            self = try Self.own(path)
            guard isRead else { throw Self.notAllowed(method, allow: "GET, HEAD, OPTIONS") }
        } else if Self.surface(of: path) == .direct, method == .get || method == .post {
            self = .call(path: Query.decode(path.dropFirst()))
        } else if method == .post {
            self = .call(path: nil)
        } else if isRead, path == "/" || method == .head {
            self = .root
        } else if isRead {
            throw InvocationFailure(
                .pathNotFound, "There is nothing to read at \(path)",
                remedy: "Functions are at paths such as /functions.example.greet; GET /_/functions lists them.")
        } else {
            throw Self.notAllowed(method, allow: "GET, HEAD, POST, OPTIONS")
        }
    }

    private static func own(_ path: String) throws(InvocationFailure) -> Route {
        switch path {
        case "/_/health": return .health
        case "/_/functions": return .functions
        case "/_/metrics": return .metrics
        case "/_/events": return .events
        default:
            if let asset = ConsoleAsset(path: path) { return .asset(asset) }
            throw InvocationFailure(
                .pathNotFound, "There is nothing at \(path)",
                remedy: "There are /_/health, /_/functions, /_/metrics, /_/events and /_/client.js.")
        }
    }

    private static func notAllowed(_ method: HTTPRequest.Method, allow: String) -> InvocationFailure {
        InvocationFailure(
            .methodNotAllowed, "The method \(method.rawValue) is not taken here",
            remedy: "Use one of \(allow).", details: ["allow": .string(allow)])
    }
}
