/// The media types of request bodies that are treated in a special way.
package enum MediaType {
    case json
    /// The fields of an HTML form.
    case form

    /// - Parameter header: the `Content-Type` header. Its parameters, such as the charset, are ignored.
    package init?(_ header: String?) {
        // The most common value is recognized without creating strings.
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
