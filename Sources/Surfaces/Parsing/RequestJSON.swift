package import Failures
package import NIOCore
package import Values

/// Checks for the parts of requests that must be JSON objects. The parts are not decoded.
package enum RequestJSON {
    /// Scans an object.
    ///
    /// - Parameters:
    ///   - name: the name of the part for messages, as in `body`.
    ///   - onMember: called with each member's key, the range of its value, and the value's kind.
    /// - Throws: ``Failure`` with the code `invalid-request`, which names the line and the column.
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

    /// Returns the call's context, which is the object in the `Ingress-Context` header, or an empty buffer if there
    /// is none.
    package static func context(of request: Request) throws(Failure) -> ByteBuffer {
        let json = ByteBuffer(string: request[IngressHeader.context] ?? "")
        guard json.readableBytes > 0 else { return json }
        try scan(json, called: "Ingress-Context header")
        try CallContext.check(json)
        return json
    }
}

extension Failure {
    /// Returns the failure of a request that cannot be understood.
    package static func invalidRequest(_ message: String) -> Failure { Failure(.invalidRequest, message) }
}
