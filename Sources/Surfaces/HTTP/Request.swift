import Failures
package import NIOHTTP1
package import WorkerProtocol

/// The head of a request.
package struct Request: Sendable {
    package let method: HTTPMethod
    /// The path of the target, percent-encoded.
    package let path: String
    /// The query of the target, percent-encoded and without the question mark, or nil if there is none.
    package let query: Substring?
    /// The host and port that the request is for. They come from the target if that is an absolute URI, and otherwise
    /// from the `Host` header (RFC 9112, 3.2.2).
    package let authority: String?
    private let headers: HTTPHeaders

    package init(_ head: HTTPRequestHead) {
        method = head.method
        headers = head.headers
        let (authority, rest) = Self.split(head.uri)
        self.authority = authority.map(String.init) ?? head.headers.first(name: "Host")
        // This searches bytes, because a question mark and a combining mark after it form a different character.
        if let mark = rest.utf8.firstIndex(of: UInt8(ascii: "?")) {
            path = String(rest[..<mark])
            query = rest[rest.utf8.index(after: mark)...]
        } else {
            path = String(rest)
            query = nil
        }
    }

    /// The value of a header, or nil if the header is missing. The values of a repeated header are joined with commas.
    package subscript(name: String) -> String? {
        var found: String?
        for header in headers where Self.isSame(header.name, name) {
            found = found.map { "\($0), \(header.value)" } ?? header.value
        }
        return found
    }

    /// Returns the number of times that a header occurs.
    package func count(of name: String) -> Int {
        headers.reduce(0) { $0 + (Self.isSame($1.name, name) ? 1 : 0) }
    }

    /// The invocation whose function sends the request, or nil if the request does not name one.
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

    /// Whether two names of headers differ at most in case.
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
