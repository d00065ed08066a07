public import Values

extension APIClient {
    /// The client of a context that a test has made: all that it is asked fails.
    public static var unavailable: APIClient {
        APIClient(api: NoAPI(), application: nil, company: nil, authorization: nil)
    }

    /// A client for tests of functions.
    ///
    /// - Parameter answer: what each request is answered with, by method (`GET`), resource (`MyUser`), URL arguments, query and body.
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
