public import Values

/// A client of the cloud's API, with the rights of the call that a function serves.
///
/// Resources are named by their `rel` in the API's discovery, not by URL:
///
/// ```swift
/// let agents = try await context.apiClient.get("AgentList", query: ["fields": "name,publicId", "page-size": 50])
/// try await context.apiClient.patch("Agent", urlArguments: ["publicId": id], body: ["name": "Router"])
/// ```
///
/// The result of a request is the JSON of the API's answer, whatever its status:
/// `{"type": …, "data": …, "status": …}`, with the type `Error` for errors. An answer that is not JSON becomes
/// `{"type": "Error", "data": [{"message": text}], "status": "error"}`.
public struct APIClient: Sendable {
    private var api: any API
    private var application: String?
    private let company: String?
    private let authorization: String?

    /// Creates a client.
    ///
    /// - Parameters:
    ///   - application: the public id of the application that makes the requests.
    ///   - company: the public id of the company that the call is made in.
    ///   - authorization: the `Authorization` header of the call.
    package init(api: any API, application: String?, company: String?, authorization: String?) {
        self.api = api
        self.application = application
        self.company = company
        self.authorization = authorization
    }

    /// Reads a resource.
    ///
    /// - Parameters:
    ///   - rel: the resource's name in the discovery, as in `MyUser`.
    ///   - urlArguments: values for the parts in braces of the resource's URL, as in `{publicId}`.
    ///   - query: the URL's query, with text, numbers and Booleans as values. An array repeats its name, and a null
    ///     value is left out.
    ///   - headers: further headers, which replace the client's own headers of the same name.
    /// - Returns: the answer's JSON, whatever its status.
    /// - Throws: ``APIError`` when the request is not valid or has no answer; `CancellationError` when the task is
    ///   cancelled.
    @discardableResult
    public func get(
        _ rel: String, urlArguments: [String: String] = [:], query: JSONObject = [:], headers: [String: String] = [:]
    ) async throws -> JSONValue {
        try await send("GET", rel, urlArguments, query, headers, nil)
    }

    /// Asks what can be done with a resource.
    ///
    /// The parameters, the result and the errors are those of ``get(_:urlArguments:query:headers:)``.
    @discardableResult
    public func options(
        _ rel: String, urlArguments: [String: String] = [:], query: JSONObject = [:], headers: [String: String] = [:]
    ) async throws -> JSONValue {
        try await send("OPTIONS", rel, urlArguments, query, headers, nil)
    }

    /// Creates a resource.
    ///
    /// The `body` is sent as JSON; nil sends none. The other parameters, the result and the errors are those of
    /// ``get(_:urlArguments:query:headers:)``.
    @discardableResult
    public func post(
        _ rel: String, urlArguments: [String: String] = [:], query: JSONObject = [:], headers: [String: String] = [:],
        body: JSONValue? = nil
    ) async throws -> JSONValue {
        try await send("POST", rel, urlArguments, query, headers, body)
    }

    /// Replaces a resource.
    ///
    /// The `body` is sent as JSON; nil sends none. The other parameters, the result and the errors are those of
    /// ``get(_:urlArguments:query:headers:)``.
    @discardableResult
    public func put(
        _ rel: String, urlArguments: [String: String] = [:], query: JSONObject = [:], headers: [String: String] = [:],
        body: JSONValue? = nil
    ) async throws -> JSONValue {
        try await send("PUT", rel, urlArguments, query, headers, body)
    }

    /// Changes a resource.
    ///
    /// The `body` is sent as JSON; nil sends none. The other parameters, the result and the errors are those of
    /// ``get(_:urlArguments:query:headers:)``.
    @discardableResult
    public func patch(
        _ rel: String, urlArguments: [String: String] = [:], query: JSONObject = [:], headers: [String: String] = [:],
        body: JSONValue? = nil
    ) async throws -> JSONValue {
        try await send("PATCH", rel, urlArguments, query, headers, body)
    }

    /// Deletes a resource.
    ///
    /// The `body` is sent as JSON; nil sends none. The other parameters, the result and the errors are those of
    /// ``get(_:urlArguments:query:headers:)``.
    @discardableResult
    public func delete(
        _ rel: String, urlArguments: [String: String] = [:], query: JSONObject = [:], headers: [String: String] = [:],
        body: JSONValue? = nil
    ) async throws -> JSONValue {
        try await send("DELETE", rel, urlArguments, query, headers, body)
    }

    /// Returns the same client for another application.
    package func asking(for application: String) -> APIClient {
        var client = self
        client.application = application
        return client
    }

    /// Returns the same client with another API behind it.
    package func through(_ api: any API) -> APIClient {
        var client = self
        client.api = api
        return client
    }

    /// The headers of every request.
    private var headers: [(name: String, value: String)] {
        let optional = [("Api-Application", application), ("Api-Company", company), ("Authorization", authorization)]
        return [APIServer.version] + optional.compactMap { name, value in value.map { (name, $0) } }
    }

    private func send(
        _ method: String, _ rel: String, _ urlArguments: [String: String], _ query: JSONObject,
        _ headers: [String: String], _ body: JSONValue?
    ) async throws -> JSONValue {
        var all = self.headers
        if body != nil { all.append(("Content-Type", "application/json")) }
        for (name, value) in headers.sorted(by: { $0.key < $1.key }) {
            all.removeAll { $0.name.lowercased() == name.lowercased() }
            all.append((name, value))
        }
        for (name, value) in all {
            guard (name + value).unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
                throw APIError(
                    .invalidRequest, "The header '\(name.filter { !$0.isNewline })' holds control characters")
            }
        }
        return try await api.answer(
            APIQuestion(
                method: method, rel: rel, urlArguments: urlArguments, query: query, headers: all, body: body))
    }
}

extension APIClient: CustomStringConvertible, CustomReflectable {
    /// The application and the company, without anything of the call's token.
    public var description: String { "APIClient(application: \(application ?? "none"), company: \(company ?? "none"))" }

    public var customMirror: Mirror { Mirror(self, children: []) }
}
