import Failures
import NIOCore
import NIOHTTP1
import Values
import WorkerProtocol

/// What goes back to a caller, before the headers that every answer has.
struct Answer {
    var status: HTTPResponseStatus
    var headers: HTTPHeaders
    var body: ByteBuffer
    /// Who is sent events after the head, instead of a body.
    var subscriber: EventSubscriber?

    /// Up to this many bytes a body is copied behind the head, which makes one write of them.
    private static let copiedLength = 16 * 1024

    /// The answer as it is written.
    ///
    /// - Parameters:
    ///   - date: the `Date` header.
    ///   - connection: the `Connection` header, if any.
    ///   - hasBody: false for the answer to a `HEAD`.
    /// - Returns: the head, with the body where that is short; and the body where it is long.
    func encoded(date: String, connection: String?, hasBody: Bool, _ allocator: ByteBufferAllocator) -> (
        head: ByteBuffer, body: ByteBuffer?
    ) {
        let isCopied = hasBody && body.readableBytes <= Self.copiedLength
        var head = allocator.buffer(capacity: 512 + (isCopied ? body.readableBytes : 0))
        head.writeStaticString("HTTP/1.1 ")
        head.writeString(String(status.code))
        head.writeStaticString(" ")
        head.writeString(status.reasonPhrase)
        head.writeStaticString("\r\n")
        for (name, value) in headers { Self.write(name, value, to: &head) }
        if subscriber != nil {
            Self.write("Transfer-Encoding", "chunked", to: &head)
        } else if status != .noContent {
            Self.write("Content-Length", String(body.readableBytes), to: &head)
        }
        if let connection { Self.write("Connection", connection, to: &head) }
        Self.write("Date", date, to: &head)
        head.writeStaticString("\r\n")
        guard hasBody, body.readableBytes > 0 else { return (head, nil) }
        guard isCopied else { return (head, body) }
        head.writeImmutableBuffer(body)
        return (head, nil)
    }

    private static func write(_ name: String, _ value: String, to head: inout ByteBuffer) {
        head.writeString(name)
        head.writeStaticString(": ")
        // Whatever a value is made of, it ends no line.
        let isOneLine = !value.utf8.contains { $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n") || $0 == 0 }
        head.writeString(isOneLine ? value : "")
        head.writeStaticString("\r\n")
    }

    /// An answer with a JSON body.
    static func json(_ body: ByteBuffer, status: HTTPResponseStatus = .ok) -> Answer {
        Answer(status: status, headers: ["Content-Type": "application/json; charset=utf-8"], body: body)
    }

    /// An answer with a JSON body.
    static func json(_ value: JSONValue, status: HTTPResponseStatus = .ok) -> Answer {
        json(ByteBuffer(bytes: (try? value.jsonBytes()) ?? Array("null".utf8)), status: status)
    }

    /// The answer that tells of a failure: the error object, and its code in the `Ingress-Error` header.
    ///
    /// - Parameters:
    ///   - surface: by which the request came: on the IXON surface the status tells whose mistake it is, and no more.
    ///   - activationID: of the call, or of a request that was none.
    static func failure(
        _ failure: Failure, surface: Route.Surface, activationID: ActivationID
    ) -> Answer {
        var error = failure.json
        error["activationId"] = .string(activationID.description)
        let status = HTTPResponseStatus(statusCode: surface == .direct ? failure.status : failure.code.status)
        var answer =
            surface == .form
            ? FormPage.failure(failure, error, status: status) : json(["error": .object(error)], status: status)
        answer.headers.add(name: IngressHeader.error, value: failure.code.rawValue)
        switch failure.code {
        case .buildTakesLong, .queueFull, .stopping: answer.headers.add(name: "Retry-After", value: "1")
        case .unauthorized: answer.headers.add(name: "WWW-Authenticate", value: "signature")
        case .methodNotAllowed:
            answer.headers.add(
                name: "Allow", value: failure.details["allow"]?.string ?? "GET, HEAD, POST, OPTIONS")
        default: break
        }
        return answer
    }
}

/// Names of headers that are the ingress's own.
enum IngressHeader {
    /// The activation's id, 32 hexadecimal digits.
    static let activationID = "Ingress-Activation-Id"
    /// The activation of the function that sends the request.
    static let parentActivationID = "Ingress-Parent-Activation-Id"
    /// The number of the generation that ran.
    static let generation = "Ingress-Generation"
    static let build = "Ingress-Build"
    /// The code of the failure that the body tells of.
    static let error = "Ingress-Error"
    /// A call's context as JSON, on the curl surface.
    static let context = "Ingress-Context"
}
