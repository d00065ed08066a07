/// Functions for showing connection strings, as in `mongodb://user:password@host:27017/?options`, without their
/// secrets.
package enum ConnectionString {
    /// Returns the string without user, password and options.
    ///
    /// If the password may reach further than it should, because it is not escaped as connection strings require,
    /// only the scheme is left.
    package static func redacted(_ text: String) -> String {
        let scheme = text.firstRange(of: "://").map { text[..<$0.upperBound] } ?? ""
        let rest = text[scheme.endIndex...]
        let authority = rest.prefix { !"/?#".contains($0) }
        guard !rest[authority.endIndex...].contains("@") else { return "\(scheme)…" }
        let hosts = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
        let path = rest[authority.endIndex...].prefix { !"?#".contains($0) }
        return "\(scheme)\(hosts)\(path)"
    }

    /// Returns a message about a connection string, or nil if it repeats a part of the user or password.
    package static func harmless(_ message: String, about text: String) -> String? {
        guard let end = text.lastIndex(of: "@") else { return message }
        let start = text.firstRange(of: "://")?.upperBound ?? text.startIndex
        guard start < end else { return nil }
        let parts = text[start..<end].split { ":/?#@".contains($0) }.filter { $0.count > 2 }
        return parts.contains { message.contains($0) } ? nil : message
    }
}
