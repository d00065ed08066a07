package import Failures
import FunctionContracts
package import Invocations
package import NIOCore
import NIOHTTP1
package import Surfaces
package import WorkerProtocol

/// Calls that HTML forms post to any path. The response to each is a page.
package struct Forms: InvokingSurface {
    package init() {}

    package var readsResults: Bool { true }

    package func takes(_ request: Request) -> Bool {
        request.method == .POST && MediaType(request["Content-Type"]) == .form && !request.path.hasPrefix("/_/")
    }

    package func invocation(
        from request: Request, body: ByteBuffer, id: ActivationID
    ) throws(Failure) -> Invocation {
        let form = try FormCall(body)
        if form.name.isEmpty, body.readableBytesView.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") {
            throw Failure(
                .unsupportedContentType, "The body is JSON, but its Content-Type is that of a form",
                remedy: "Send Content-Type: application/json (curl -H 'Content-Type: application/json').")
        }
        return Invocation(
            id: id, cause: .http, target: try FunctionName(form.name),
            input: .arguments(form.arguments, areText: true), context: form.context,
            parent: try request.parentActivationID)
    }

    package func response(to json: ByteBuffer) -> Response { FormPage.result(json) }

    package func response(to failure: Failure, id: ActivationID) -> Response {
        // Its sender meant no form.
        if failure.code == .unsupportedContentType { return .error(failure, status: failure.code.status, id: id) }
        var response =
            failure.cloudText.map { FormPage.result(text: $0) } ?? FormPage.failure(failure, id: id)
        response.add(failure)
        return response
    }
}
