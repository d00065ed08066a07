import SystemSupport
import Values

/// Builds the URLs of the API's resources.
enum APIAddress {
    /// Fills in the parts of a URL template that stand in braces.
    ///
    /// - Throws: ``APIError`` that names a part whose argument is missing, empty, `.` or `..`.
    static func filled(_ template: String, rel: String, with arguments: [String: String]) throws(APIError) -> String {
        var url = ""
        var rest = template[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let name = String(rest[rest.index(after: open)..<close])
            guard let value = arguments[name] else {
                throw APIError(
                    .missingURLArgument, "The URL of '\(rel)' needs a value for '\(name)' (\(template))",
                    remedy: "Give one, as in urlArguments: [\"\(name)\": …].")
            }
            guard value != ".", value != "..", !value.isEmpty else {
                throw APIError(.invalidRequest, "'\(value)' is no value for '\(name)' in the URL of '\(rel)'")
            }
            url += rest[..<open] + PercentEncoding.encode(value)
            rest = rest[rest.index(after: close)...]
        }
        return url + rest
    }

    /// Adds a query to a URL, which may already have one.
    ///
    /// - Throws: ``APIError`` for a value that is an object, or an array within an array.
    static func adding(_ query: JSONObject, to url: String) throws(APIError) -> String {
        var items: [String] = []
        for (name, value) in query {
            for one in value.array ?? [value] where !one.isNull {
                guard let text = text(one) else {
                    throw APIError(
                        .invalidRequest, "The query's value for '\(name)' is \(one.kindDescription)",
                        remedy: "Give text, a number, a boolean or an array of these.")
                }
                items.append("\(PercentEncoding.encode(name))=\(PercentEncoding.encode(text))")
            }
        }
        guard !items.isEmpty else { return url }
        return url + (url.contains("?") ? "&" : "?") + items.joined(separator: "&")
    }

    private static func text(_ value: JSONValue) -> String? {
        switch value {
        case .string(let text): text
        case .array, .object, .null: nil
        default: try? value.jsonString()
        }
    }
}
