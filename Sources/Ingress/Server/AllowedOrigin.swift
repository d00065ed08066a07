/// The forms of origins and hosts that may be allowed. Others would match no request.
package enum AllowedOrigin {
    /// Returns an origin in the form in which browsers send it, as in `https://portal.example:8443`, or nil for a text
    /// that no browser sends.
    package static func origin(_ text: String) -> String? {
        if text == "*" { return text }
        let text = text.lowercased()
        for (scheme, port) in [("http://", ":80"), ("https://", ":443")] where text.hasPrefix(scheme) {
            var rest = text.dropFirst(scheme.count)
            if rest.hasSuffix("/") { rest = rest.dropLast() }
            if rest.hasSuffix(port) { rest = rest.dropLast(port.count) }
            return host(String(rest)) == nil ? nil : scheme + rest
        }
        return nil
    }

    /// Returns the name in a host such as `portal.example:8020`, or nil for a text that no `Host` header has.
    package static func host(_ text: String) -> String? {
        // An IPv6 address may be given without brackets.
        if text.utf8.count(where: { $0 == UInt8(ascii: ":") }) > 1, !text.hasPrefix("[") {
            return text.utf8.allSatisfy(isOfAddress) ? text.lowercased() : nil
        }
        guard let name = RequestGuard.hostName(text) else { return nil }
        let isName = name.utf8.allSatisfy { byte in
            byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
                || byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") || "-._".utf8.contains(byte)
        }
        return isName || text.hasPrefix("[") && name.utf8.allSatisfy(isOfAddress) ? name : nil
    }

    private static func isOfAddress(_ byte: UInt8) -> Bool { "0123456789abcdefABCDEF:.%".utf8.contains(byte) }
}
