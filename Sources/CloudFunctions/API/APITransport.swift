/// Carries requests to the API.
package protocol APITransport: Sendable {
    /// Sends a request and waits for the answer.
    ///
    /// - Throws: ``APIError`` when there is none; `CancellationError`.
    func send(_ request: APIRequest) async throws -> APIAnswer
}

/// A request to the API.
package struct APIRequest: Sendable {
    package let method: String
    package let url: String
    package let headers: [(name: String, value: String)]
    /// JSON; nil for none.
    package let body: String?
}

/// What the API answered.
package struct APIAnswer: Sendable {
    package let status: Int
    package let body: String

    package init(status: Int, body: String) {
        self.status = status
        self.body = body
    }
}
