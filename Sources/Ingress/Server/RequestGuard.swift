package import Failures

/// The rules that decide which requests the ingress accepts. They are applied before any other part of a request is
/// used.
///
/// The ingress runs code for anyone who can reach it. A web page must not call it through its visitor's browser
/// (`Origin`), nor through a name of its own that resolves to this machine (`Host`).
package struct RequestGuard: Sendable {
    /// The allowed origins besides the loopback ones; `*` allows all.
    package var allowedOrigins: [String]
    /// The allowed host names besides the loopback ones and the bound address.
    package var allowedHosts: [String]

    /// - Parameters:
    ///   - allowedOrigins: origins as in `https://portal.example`, or `*`.
    ///   - allowedHosts: host names, including the bound address. Their ports are ignored.
    package init(allowedOrigins: [String] = [], allowedHosts: [String] = []) {
        self.allowedOrigins = allowedOrigins.compactMap(AllowedOrigin.origin)
        self.allowedHosts = allowedHosts.compactMap(AllowedOrigin.host)
    }

    /// Checks the headers of a request.
    ///
    /// - Parameters:
    ///   - host: the `Host` header, or nil if it is missing.
    ///   - origin: the `Origin` header, or nil if it is missing.
    ///   - fetchSite: the `Sec-Fetch-Site` header, or nil if it is missing.
    /// - Returns: the origin that the response may name for CORS, or nil for a request that does not come from a page.
    /// - Throws: ``Failure`` with the code `host-not-allowed` or `origin-not-allowed`.
    package func check(host: String?, origin: String?, fetchSite: String?) throws(Failure) -> String? {
        guard let host, isAllowedHost(host) else {
            throw Failure(
                .hostNotAllowed, "Requests for the host '\(host ?? "")' are not answered",
                remedy: "Call 127.0.0.1 or localhost, or start with --allow-host NAME.")
        }
        guard let origin else {
            guard fetchSite?.lowercased() != "cross-site" else {
                throw Self.notAllowed("Requests that another site's page starts are not answered", "ORIGIN")
            }
            return nil
        }
        guard isAllowedOrigin(origin) || Self.isOwn(origin, host: host) else {
            throw Self.notAllowed("Requests from pages of '\(origin)' are not answered", origin)
        }
        return origin
    }

    private static func notAllowed(_ message: String, _ origin: String) -> Failure {
        Failure(.originNotAllowed, message, remedy: "Start with --allow-origin \(origin) to allow them.")
    }

    private func isAllowedHost(_ header: String) -> Bool {
        // The most common values are recognized without creating strings.
        for usual in ["127.0.0.1", "localhost"] where header.hasPrefix(usual) {
            let rest = header.utf8.dropFirst(usual.utf8.count)
            if rest.isEmpty || Self.isPortSuffix(rest) { return true }
        }
        guard let host = Self.hostName(header) else { return false }
        return Self.isLoopback(host) || allowedHosts.contains(host)
    }

    /// Whether a page's origin is the host and port that the request is for, so that the page came from this server.
    private static func isOwn(_ origin: String, host: String) -> Bool {
        origin.lowercased() == "http://\(host.lowercased())"
    }

    private func isAllowedOrigin(_ origin: String) -> Bool {
        let origin = origin.lowercased()
        guard origin != "null" else { return false }
        if allowedOrigins.contains("*") || allowedOrigins.contains(origin) { return true }
        for scheme in ["http://", "https://"] where origin.hasPrefix(scheme) {
            return Self.hostName(String(origin.dropFirst(scheme.count))).map(Self.isLoopback) ?? false
        }
        return false
    }

    /// Returns the name in `name`, `name:port`, `[::1]` or `[::1]:port`, in lower case, or nil for anything else.
    static func hostName(_ text: String) -> String? {
        let text = text.lowercased()
        let name: Substring
        let rest: Substring
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { return nil }
            name = text[text.index(after: text.startIndex)..<end]
            rest = text[text.index(after: end)...]
        } else {
            name = text.prefix { $0 != ":" }
            rest = text.dropFirst(name.count)
        }
        guard !name.isEmpty, rest.isEmpty || isPortSuffix(rest.utf8) else { return nil }
        return String(name)
    }

    /// Whether a text is a colon and a port number, or a colon alone.
    private static func isPortSuffix(_ text: Substring.UTF8View) -> Bool {
        guard text.first == UInt8(ascii: ":"), text.count <= 6 else { return false }
        var port = 0
        for byte in text.dropFirst() {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return false }
            port = port * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return port <= 65535
    }

    /// Whether a name always means this machine: `localhost` and names below it, 127.0.0.0/8, `::1`.
    static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host.hasSuffix(".localhost") || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127"
            && parts.allSatisfy { UInt8($0) != nil && $0.allSatisfy(\.isNumber) }
    }
}
