import Failures
import NIOCore
import NIOHTTP1
import Values
import WorkerProtocol

/// The answer to one request, on its way: what is known of it, and the one place that gives it what every answer has.
final class Reply {
    let request: Request
    let connection: HTTPConnection
    let surface: Route.Surface
    /// The page's origin that may read it; nil for a request that comes from no page.
    var origin: String?
    /// The activation that it tells of, once there is one.
    var activationID: ActivationID?

    init(to request: Request, on connection: HTTPConnection, surface: Route.Surface) {
        self.request = request
        self.connection = connection
        self.surface = surface
    }

    /// Sends what a call has come to.
    func send(_ outcome: CallOutcome) {
        send(outcome.result.map { surface == .form ? FormPage.result($0) : .json($0) }, of: outcome.start)
    }

    /// Sends the answer.
    ///
    /// - Parameter start: what ran the call, if one was begun.
    func send(_ result: Result<Answer, Failure>, of start: CallStart? = nil) {
        var answer: Answer
        switch result {
        case .success(let success): answer = success
        case .failure(let failure):
            // What was no call gets an identity too, by which people can speak of it.
            let id = activationID ?? .random()
            activationID = id
            answer = self.answer(to: failure, activationID: id)
        }
        if let activationID {
            answer.headers.add(name: IngressHeader.activationID, value: activationID.description)
        }
        if let start {
            answer.headers.add(name: IngressHeader.generation, value: String(start.generation))
            if start.buildHasFailed { answer.headers.add(name: IngressHeader.build, value: "failed") }
        }
        if let origin {
            addCORS(origin, to: &answer)
        } else if request.method == .OPTIONS, request["Origin"] == nil {
            // Nobody's page asks; whose page will, is looked at then.
            addCORS("*", to: &answer)
        }
        connection.finish(answer, to: request)
    }

    /// On the IXON surface a function that is not there, and an operation that MongoDB refused, are answers, not errors.
    private func answer(to failure: Failure, activationID: ActivationID) -> Answer {
        let text: String
        switch failure.code {
        case .functionNotFound where surface != .direct: text = failure.message
        case .documentStoreOperationFailed where surface != .direct:
            text = (["Document DB operation failure"] + [failure.details["codeName"]?.string].compactMap(\.self))
                .joined(separator: ": ")
        default: return .failure(failure, surface: surface, activationID: activationID)
        }
        let json = Answer.json(.string(text))
        var answer = surface == .form ? FormPage.result(json.body) : json
        answer.headers.add(name: IngressHeader.error, value: failure.code.rawValue)
        return answer
    }

    private func addCORS(_ origin: String, to answer: inout Answer) {
        answer.headers.add(name: "Access-Control-Allow-Origin", value: origin)
        let vary = answer.headers.first(name: "Vary")
        if vary?.hasSuffix("Origin") != true {
            answer.headers.replaceOrAdd(name: "Vary", value: vary.map { "\($0), Origin" } ?? "Origin")
        }
        answer.headers.add(name: "Access-Control-Allow-Methods", value: "GET, HEAD, POST, PUT, DELETE, OPTIONS")
        // A page that may call may send what headers it likes.
        answer.headers.add(
            name: "Access-Control-Allow-Headers",
            value: request["Access-Control-Request-Headers"] ?? "Content-Type, Ingress-Context")
        answer.headers.add(
            name: "Access-Control-Expose-Headers",
            value: "Ingress-Activation-Id, Ingress-Generation, Ingress-Build, Ingress-Error")
        guard request.method == .OPTIONS else { return }
        // As in the Python reference.
        answer.headers.add(name: "Access-Control-Max-Age", value: "30")
        answer.headers.add(name: "Access-Control-Allow-Credentials", value: "false")
    }
}
