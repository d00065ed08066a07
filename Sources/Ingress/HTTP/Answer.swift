import HTTPTypes
import InvocationProtocol
import NIOCore
import Values

/// What goes back to a caller, before the headers that every answer has.
struct Answer {
    var status: HTTPResponse.Status
    var headers: HTTPFields
    var body: ByteBuffer
    /// Who is sent events after the head, instead of a body.
    var subscriber: EventSubscriber?

    /// Status and headers.
    var head: HTTPResponse { HTTPResponse(status: status, headerFields: headers) }

    /// An answer with a JSON body.
    static func json(_ body: ByteBuffer, status: HTTPResponse.Status = .ok) -> Answer {
        Answer(status: status, headers: [.contentType: "application/json; charset=utf-8"], body: body)
    }

    /// An answer with a JSON body.
    static func json(_ value: JSONValue, status: HTTPResponse.Status = .ok) -> Answer {
        json(ByteBuffer(bytes: (try? value.jsonBytes()) ?? Array("null".utf8)), status: status)
    }

    /// The answer that tells of a failure: the error object, and its code in the `Ingress-Error` header.
    ///
    /// - Parameters:
    ///   - surface: by which the request came: on the IXON surface the status tells whose mistake it is, and no more.
    ///   - activationID: of the call, or of a request that was none.
    static func failure(
        _ failure: InvocationFailure, surface: Route.Surface, activationID: ActivationID
    ) -> Answer {
        var error = failure.json
        error["activationId"] = .string(activationID.description)
        let status = HTTPResponse.Status(code: surface == .direct ? failure.status : failure.code.status)
        var answer =
            surface == .form
            ? FormPage.failure(failure, error, status: status) : json(["error": .object(error)], status: status)
        answer.headers[.ingressError] = failure.code.rawValue
        switch failure.code {
        case .buildTakesLong, .queueFull, .stopping: answer.headers[.retryAfter] = "1"
        case .unauthorized: answer.headers[.wwwAuthenticate] = "signature"
        case .methodNotAllowed: answer.headers[.allow] = failure.details["allow"]?.string ?? "GET, HEAD, POST, OPTIONS"
        default: break
        }
        return answer
    }
}

extension HTTPField.Name {
    /// The activation's id, 32 hexadecimal digits.
    static let ingressActivationID = Self("Ingress-Activation-Id") ?? .eTag
    /// The activation of the function that sends the request.
    static let ingressParentActivationID = Self("Ingress-Parent-Activation-Id") ?? .eTag
    /// The number of the generation that ran.
    static let ingressGeneration = Self("Ingress-Generation") ?? .eTag
    static let ingressBuild = Self("Ingress-Build") ?? .eTag
    /// The code of the failure that the body tells of.
    static let ingressError = Self("Ingress-Error") ?? .eTag
    /// A call's context as JSON, on the curl surface.
    static let ingressContext = Self("Ingress-Context") ?? .eTag
    /// The codec takes the first one for the request's authority, so that one that is found here is a second.
    static let host = Self("Host") ?? .eTag
    static let secFetchSite = Self("Sec-Fetch-Site") ?? .eTag
}
