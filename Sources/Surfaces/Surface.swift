package import Failures
package import WorkerProtocol

/// A way to reach the functions. A surface takes the requests that belong to it and renders their outcomes.
///
/// Surfaces do not depend on each other. The server asks them in order until one of them takes a request. A surface
/// that turns each request into one invocation conforms to ``InvokingSurface``.
package protocol Surface: Sendable {
    /// Whether a request belongs to this surface, even if it is going to fail.
    func takes(_ request: Request) -> Bool

    /// Responds to a request, now or later, with one of the exchange's `send` methods. Called on the engine's event
    /// loop.
    ///
    /// - Throws: a failure, which the exchange sends.
    func respond(to exchange: Exchange) throws(Failure)

    /// Renders a failure.
    ///
    /// - Parameter id: the identity by which people can refer to the request.
    func response(to failure: Failure, id: ActivationID) -> Response
}

extension Surface {
    /// Returns the error object as JSON, with the status of the error's code.
    package func response(to failure: Failure, id: ActivationID) -> Response {
        .error(failure, status: failure.code.status, id: id)
    }
}
