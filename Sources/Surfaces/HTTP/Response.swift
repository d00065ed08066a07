package import Failures
package import Invocations
package import NIOCore
package import NIOHTTP1
package import Values
package import WorkerProtocol

/// An HTTP response, without the headers that every response has.
package struct Response: Sendable {
    package var status: HTTPResponseStatus
    package var headers: HTTPHeaders
    package var body: Body

    package init(status: HTTPResponseStatus, headers: HTTPHeaders = [:], body: Body = .buffered(ByteBuffer())) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    package init(status: HTTPResponseStatus, headers: HTTPHeaders, body: ByteBuffer) {
        self.init(status: status, headers: headers, body: .buffered(body))
    }

    /// The length, in bytes, up to which a body is copied behind the head, so that both take a single write.
    private static let copiedLength = 16 * 1024

    /// Returns the response in the form in which it is written.
    ///
    /// - Parameters:
    ///   - date: the `Date` header.
    ///   - connection: the `Connection` header, if any.
    ///   - hasBody: whether to write the body, which the response to a `HEAD` does not have.
    ///   - isChunked: whether a body in pieces is chunked. If it is not, it ends with the connection.
    /// - Returns: the head, which includes a short body, and a long body separately.
    package func encoded(
        date: String, connection: String?, hasBody: Bool, isChunked: Bool, _ allocator: ByteBufferAllocator
    ) -> (
        head: ByteBuffer, body: ByteBuffer?
    ) {
        let bytes = if case .buffered(let bytes) = body { bytes } else { ByteBuffer() }
        let isCopied = hasBody && bytes.readableBytes <= Self.copiedLength
        var head = allocator.buffer(capacity: 512 + (isCopied ? bytes.readableBytes : 0))
        head.writeStaticString("HTTP/1.1 ")
        head.writeString(String(status.code))
        head.writeStaticString(" ")
        head.writeString(status.reasonPhrase)
        head.writeStaticString("\r\n")
        for (name, value) in headers { Self.write(name, value, to: &head) }
        if case .stream = body {
            if isChunked { Self.write("Transfer-Encoding", "chunked", to: &head) }
        } else if status != .noContent {
            Self.write("Content-Length", String(bytes.readableBytes), to: &head)
        }
        if let connection { Self.write("Connection", connection, to: &head) }
        Self.write("Date", date, to: &head)
        head.writeStaticString("\r\n")
        guard hasBody, bytes.readableBytes > 0 else { return (head, nil) }
        guard isCopied else { return (head, bytes) }
        head.writeImmutableBuffer(bytes)
        return (head, nil)
    }

    private static func write(_ name: String, _ value: String, to head: inout ByteBuffer) {
        head.writeString(name)
        head.writeStaticString(": ")
        // A value must not end the line, whatever it contains.
        let isOneLine = !value.utf8.contains { $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n") || $0 == 0 }
        head.writeString(isOneLine ? value : "")
        head.writeStaticString("\r\n")
    }

    /// Returns a response with a JSON body.
    package static func json(_ body: ByteBuffer, status: HTTPResponseStatus = .ok) -> Response {
        Response(status: status, headers: ["Content-Type": "application/json; charset=utf-8"], body: body)
    }

    /// Returns a response with a JSON body.
    package static func json(_ value: JSONValue, status: HTTPResponseStatus = .ok) -> Response {
        json(ByteBuffer(bytes: (try? value.jsonBytes()) ?? Array("null".utf8)), status: status)
    }

    /// Returns the response for a failure. Its body is the error object, and its `Ingress-Error` header is the
    /// error's code.
    ///
    /// - Parameter id: the identity of the call, or of a request that is not a call.
    package static func error(_ failure: Failure, status: Int, id: ActivationID) -> Response {
        var response = json(failure.errorObject(id), status: HTTPResponseStatus(statusCode: status))
        response.add(failure)
        return response
    }

    /// Adds the headers that belong to a failure.
    package mutating func add(_ failure: Failure) {
        headers.add(name: IngressHeader.error, value: failure.code.rawValue)
        switch failure.code {
        case .buildTakesLong, .queueFull, .stopping: headers.add(name: "Retry-After", value: "1")
        case .unauthorized: headers.add(name: "WWW-Authenticate", value: "signature")
        case .methodNotAllowed:
            guard case .allowedMethods(let methods) = failure.details else { break }
            headers.add(name: "Allow", value: methods)
        default: break
        }
    }
}

extension Failure {
    /// Returns the body that describes the failure.
    package func errorObject(_ id: ActivationID) -> JSONValue {
        var error = json
        error["activationId"] = .string(id.description)
        return ["error": .object(error)]
    }

    /// Returns the failure of a request whose method is not allowed for its target.
    ///
    /// - Parameter allow: the allowed methods, separated by commas.
    package static func methodNotAllowed(_ method: HTTPMethod, allow: String) -> Failure {
        Failure(
            .methodNotAllowed, "The method \(method.rawValue) is not taken here",
            remedy: "Use one of \(allow).", details: .allowedMethods(allow))
    }
}

/// The names of the ingress's own headers.
package enum IngressHeader {
    /// The identity of the activation, as 32 hexadecimal digits.
    package static let activationID = "Ingress-Activation-Id"
    /// The activation of the function that sends the request.
    package static let parentActivationID = "Ingress-Parent-Activation-Id"
    /// The number of the generation that ran.
    package static let generation = "Ingress-Generation"
    package static let build = "Ingress-Build"
    /// The code of the failure that the body describes.
    package static let error = "Ingress-Error"
    /// The context of a call as JSON, for calls by path.
    package static let context = "Ingress-Context"
}
