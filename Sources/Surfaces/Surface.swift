package import Failures
package import WorkerProtocol

/// A way in: takes the requests that are its own, and renders what comes of them.
///
/// Surfaces know nothing of each other. The server asks them in order which of them takes a request. A surface whose requests
/// each become one invocation conforms to ``InvokingSurface``.
package protocol Surface: Sendable {
    /// Whether a request is one of this surface's, whatever comes of it.
    func takes(_ request: Request) -> Bool

    /// Responds to a request, now or later, by one of the exchange's `send` methods. Called on the engine's event loop.
    ///
    /// - Throws: A failure, which the exchange sends.
    func respond(to exchange: Exchange) throws(Failure)

    /// Renders a failure.
    ///
    /// - Parameter id: The identity by which people can speak of it.
    func response(to failure: Failure, id: ActivationID) -> Response
}

extension Surface {
    /// The error object as JSON, with the status that tells whose mistake it is.
    package func response(to failure: Failure, id: ActivationID) -> Response {
        .error(failure, status: failure.code.status, id: id)
    }
}
