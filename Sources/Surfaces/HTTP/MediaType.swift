/// What a request's body is, as far as it matters.
package enum MediaType {
    case json
    /// Fields of an HTML form.
    case form

    /// - Parameter header: the `Content-Type` header; its parameters, such as the charset, do not count.
    package init?(_ header: String?) {
        // What nearly every request says is told without making strings.
        if header == "application/json" {
            self = .json
            return
        }
        let type = (header ?? "").prefix { $0 != ";" }.lowercased().split(whereSeparator: \.isWhitespace)
        switch type {
        case ["application/json"]: self = .json
        case ["application/x-www-form-urlencoded"]: self = .form
        default: return nil
        }
    }
}
