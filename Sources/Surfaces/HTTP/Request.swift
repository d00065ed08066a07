import Failures
package import NIOHTTP1
package import WorkerProtocol

/// The head of a request.
package struct Request: Sendable {
    package let method: HTTPMethod
    /// The target's path, percent-encoded.
    package let path: String
    /// The target's query, percent-encoded and without the question mark; nil when there is none.
    package let query: Substring?
    /// The name and port that the request is for: of its target where that is a whole address, else of its `Host` header
    /// (RFC 9112, 3.2.2).
    package let authority: String?
    private let headers: HTTPHeaders

    package init(_ head: HTTPRequestHead) {
        method = head.method
        headers = head.headers
        let (authority, rest) = Self.split(head.uri)
        self.authority = authority.map(String.init) ?? head.headers.first(name: "Host")
        // By bytes: a combining mark behind the question mark makes another character of it.
        if let mark = rest.utf8.firstIndex(of: UInt8(ascii: "?")) {
            path = String(rest[..<mark])
            query = rest[rest.utf8.index(after: mark)...]
        } else {
            path = String(rest)
            query = nil
        }
    }

    /// A header's value, nil when it is missing; the values of one that comes more than once, separated by commas.
    package subscript(name: String) -> String? {
        var found: String?
        for header in headers where Self.isSame(header.name, name) {
            found = found.map { "\($0), \(header.value)" } ?? header.value
        }
        return found
    }

    /// How often a header comes.
    package func count(of name: String) -> Int {
        headers.reduce(0) { $0 + (Self.isSame($1.name, name) ? 1 : 0) }
    }

    /// The invocation whose function sends the request; nil where the request names none.
    package var parentActivationID: ActivationID? {
        get throws(Failure) {
            guard let text = self[IngressHeader.parentActivationID] else { return nil }
            guard let id = ActivationID(text) else {
                throw Failure(
                    .invalidRequest, "The header Ingress-Parent-Activation-Id is no activation id: \(text)",
                    remedy: "Send the 32 hexadecimal digits of context.activationID, or leave it out.")
            }
            return id
        }
    }

    /// Whether two names of headers differ in case at most.
    private static func isSame(_ one: String, _ other: String) -> Bool {
        one.utf8.count == other.utf8.count && zip(one.utf8, other.utf8).allSatisfy { $0 | 0x20 == $1 | 0x20 }
    }

    /// Splits the authority from a target such as `http://host:port/path`.
    private static func split(_ target: String) -> (authority: Substring?, rest: Substring) {
        guard target.utf8.first != UInt8(ascii: "/"), let mark = target.firstRange(of: "://") else {
            return (nil, target[...])
        }
        let authority = target[mark.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let rest = target[authority.endIndex...]
        return (authority, rest.isEmpty ? "/" : rest)
    }
}
