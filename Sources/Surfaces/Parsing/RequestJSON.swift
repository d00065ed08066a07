package import Failures
package import NIOCore
package import Values

/// Checks parts of requests that must be JSON objects; they are not decoded.
package enum RequestJSON {
    /// Scans an object.
    ///
    /// - Parameters:
    ///   - name: The name of what is scanned, for messages, as in `body`.
    ///   - onMember: Called with each member's key, the place of its value, and the value's kind.
    /// - Throws: ``Failure`` with the code `invalid-request` that names the line and the column.
    package static func scan(
        _ json: ByteBuffer, called name: String,
        onMember: (borrowing Span<UInt8>, Range<Int>, JSONKind) -> Void = { _, _, _ in }
    ) throws(Failure) {
        let kind: JSONKind
        do {
            kind = try JSONObjectScanner.scan(json.readableBytesUInt8Span) {
                (key, range, kind) throws(JSONParsingError) in onMember(key, range, kind)
            }
        } catch {
            throw .invalidRequest(
                "The \(name) is not JSON: \(error.message) (line \(error.line), column \(error.column))")
        }
        guard kind == .object else { throw .invalidRequest("The \(name) must be a JSON object, not \(kind)") }
    }

    /// The object in the `Ingress-Context` header, a call's context; empty where the request has none.
    package static func context(of request: Request) throws(Failure) -> ByteBuffer {
        let json = ByteBuffer(string: request[IngressHeader.context] ?? "")
        guard json.readableBytes > 0 else { return json }
        try scan(json, called: "Ingress-Context header")
        try CallContext.check(json)
        return json
    }
}

extension Failure {
    /// A failure for a request that cannot be understood.
    package static func invalidRequest(_ message: String) -> Failure { Failure(.invalidRequest, message) }
}
