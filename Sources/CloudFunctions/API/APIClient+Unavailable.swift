public import Values

extension APIClient {
    /// The client of a context that a test creates. Every request fails.
    public static var unavailable: APIClient {
        APIClient(api: NoAPI(), application: nil, company: nil, authorization: nil)
    }

    /// Creates a client for tests of functions, whose requests are answered by a closure.
    ///
    /// - Parameter answer: returns the answer to a request with the given method (`GET`), resource (`MyUser`), URL
    ///   arguments, query and body. Errors that it throws reach the function.
    public static func answering(
        _ answer:
            @escaping @Sendable (
                _ method: String, _ rel: String, _ urlArguments: [String: String], _ query: JSONObject,
                _ body: JSONValue?
            ) async throws -> JSONValue
    ) -> APIClient {
        APIClient(api: AnsweringAPI(body: answer), application: nil, company: nil, authorization: nil)
    }
}

private struct NoAPI: API {
    func answer(_ question: APIQuestion) async throws -> JSONValue {
        throw APIError(.unreachable, "There is no API in this context")
    }
}

private struct AnsweringAPI: API {
    let body: @Sendable (String, String, [String: String], JSONObject, JSONValue?) async throws -> JSONValue

    func answer(_ question: APIQuestion) async throws -> JSONValue {
        try await body(question.method, question.rel, question.urlArguments, question.query, question.body)
    }
}
