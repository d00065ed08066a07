package import Values

/// Something that answers questions to the cloud's API: the API itself, or what stands in for it.
package protocol API: Sendable {
    /// - Returns: the answer's JSON, whatever its status.
    /// - Throws: ``APIError`` when there is none; `CancellationError`.
    func answer(_ question: APIQuestion) async throws -> JSONValue
}

/// A question to the API, by the resource's name.
package struct APIQuestion: Sendable {
    /// In capitals, as in `GET`.
    package var method: String
    package var rel: String
    package var urlArguments: [String: String] = [:]
    package var query: JSONObject = [:]
    package var headers: [(name: String, value: String)] = []
    package var body: JSONValue?
}
