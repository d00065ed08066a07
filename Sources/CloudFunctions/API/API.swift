package import Values

/// Something that answers questions to the cloud's API: the API itself or a stand-in.
package protocol API: Sendable {
    /// Asks a question and waits for its answer.
    ///
    /// - Returns: the answer's JSON, whatever its status.
    /// - Throws: ``APIError`` when there is no answer; `CancellationError` when the task is cancelled.
    func answer(_ question: APIQuestion) async throws -> JSONValue
}

/// A question to the API about the resource of a given name.
package struct APIQuestion: Sendable {
    /// The HTTP method in capitals, as in `GET`.
    package var method: String
    package var rel: String
    package var urlArguments: [String: String] = [:]
    package var query: JSONObject = [:]
    package var headers: [(name: String, value: String)] = []
    package var body: JSONValue?
}
