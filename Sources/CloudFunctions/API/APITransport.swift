/// A way to send requests to the API.
package protocol APITransport: Sendable {
    /// Sends a request and waits for the answer.
    ///
    /// - Throws: ``APIError`` when there is no answer; `CancellationError` when the task is cancelled.
    func send(_ request: APIRequest) async throws -> APIAnswer
}

/// A request to the API.
package struct APIRequest: Sendable {
    package let method: String
    package let url: String
    package let headers: [(name: String, value: String)]
    /// The body as JSON, or nil for no body.
    package let body: String?
}

/// An answer of the API.
package struct APIAnswer: Sendable {
    package let status: Int
    package let body: String

    package init(status: Int, body: String) {
        self.status = status
        self.body = body
    }
}
