import Synchronization
package import Values

/// The API at a base URL. Its discovery, which gives the URLs of the resources, is cached.
package final class APIServer: API {
    /// The URL of the discovery.
    private let baseURL: String
    private let transport: any APITransport
    private let known = Mutex<Discovery?>(nil)

    /// The header with the version of the API that is used.
    static let version = (name: "Api-Version", value: "2")
    /// The age at which a discovery is requested again.
    private static let longestAge = Duration.seconds(600)
    /// The age at which a discovery that lacks a resource is requested again.
    private static let youngestAge = Duration.seconds(5)

    private struct Discovery {
        /// URL templates by `rel`.
        var templates: [String: String]
        var time: ContinuousClock.Instant
    }

    package init(baseURL: String, transport: any APITransport) {
        self.baseURL = baseURL
        self.transport = transport
    }

    package func answer(_ question: APIQuestion) async throws -> JSONValue {
        let url = try await url(of: question.rel, urlArguments: question.urlArguments, query: question.query)
        let request = APIRequest(
            method: question.method, url: url, headers: question.headers, body: try question.body?.jsonString())
        let answer = try await transport.send(request)
        if let json = try? JSONValue(parsing: answer.body) { return json }
        return ["type": "Error", "data": [["message": .string(answer.body)]], "status": "error"]
    }

    /// Returns the URL of a resource.
    ///
    /// - Throws: ``APIError``.
    private func url(of rel: String, urlArguments: [String: String], query: JSONObject) async throws -> String {
        var discovery = try await discovery(atMost: Self.longestAge)
        if discovery.templates[rel] == nil { discovery = try await self.discovery(atMost: Self.youngestAge) }
        guard let template = discovery.templates[rel] else {
            let nearest = NearestNames.of(rel, among: Array(discovery.templates.keys), count: 3)
            throw APIError(
                .unknownRel, "The API has no resource '\(rel)'",
                remedy: nearest.isEmpty ? "It has none at all." : "Did you mean \(nearest.joined(separator: " or "))?")
        }
        let url = try APIAddress.filled(template, rel: rel, with: urlArguments)
        return try APIAddress.adding(query, to: url)
    }

    private func discovery(atMost age: Duration) async throws -> Discovery {
        if let discovery = known.withLock({ $0 }), .now - discovery.time < age { return discovery }
        let request = APIRequest(method: "GET", url: baseURL, headers: [Self.version], body: nil)
        let answer = try await transport.send(request)
        guard (200..<300).contains(answer.status), let json = try? JSONValue(parsing: answer.body),
            json["type"] == "Discovery", let list = json["data"]?.array
        else {
            throw APIError(
                .discoveryFailed, "What \(baseURL) answers (status \(answer.status)) is no discovery of an API",
                remedy: "Look at API_CLIENT_BASE_URL.")
        }
        var templates: [String: String] = [:]
        for entry in list {
            guard let rel = entry["rel"]?.string, let href = entry["href"]?.string else { continue }
            templates[rel] = href
        }
        let discovery = Discovery(templates: templates, time: .now)
        known.withLock { $0 = discovery }
        return discovery
    }
}
