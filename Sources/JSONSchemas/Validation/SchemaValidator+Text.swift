import FoundationEssentials
import Values

extension SchemaValidator {
    /// Records the violations of a text.
    mutating func check(_ text: String, _ schema: JSONObject, at place: SchemaPlace) {
        let shown = SchemaWording.text(.string(text))
        if let least = schema["minLength"]?.integer, Int64(text.unicodeScalars.count) < least {
            note(place, "must have \(SchemaWording.atLeast(least, "character")), not \(shown)")
        }
        if let most = schema["maxLength"]?.integer, Int64(text.unicodeScalars.count) > most {
            note(place, "must have \(SchemaWording.atMost(most, "character")), not \(text.unicodeScalars.count)")
        }
        if let pattern = schema["pattern"]?.string, let regex = regex(pattern), !text.matches(regex) {
            note(place, "must match the pattern \(pattern), not be \(shown)")
        }
        if let format = schema["format"]?.string, let wanted = Self.unmet(format, by: text) {
            note(place, "must be \(wanted), not \(shown)")
        }
    }

    /// Returns the compiled pattern, or nil if it is invalid.
    private mutating func regex(_ pattern: String) -> Regex<AnyRegexOutput>? {
        if let known = patterns[pattern] { return known }
        let regex = try? Regex(pattern).matchingSemantics(.unicodeScalar)
        patterns[pattern] = .some(regex)
        return regex
    }

    /// Returns a description of a format that the text does not have, or nil if the text has it or the format is
    /// unknown.
    private static func unmet(_ format: String, by text: String) -> String? {
        switch format {
        case "date-time": decodes(Date.self, text) ? nil : "a date and time like \"2026-01-02T03:04:05Z\""
        case "uuid": decodes(UUID.self, text) ? nil : "a UUID"
        case "uri": !text.isEmpty && decodes(URL.self, text) ? nil : "a URL"
        case "base64": decodes(Data.self, text) ? nil : "base64 text"
        default: nil
        }
    }

    private static func decodes(_ type: (some Decodable).Type, _ text: String) -> Bool {
        (try? ValueDecoder().decode(type, from: .string(text))) != nil
    }
}

extension String {
    /// Returns whether some part of the text matches.
    fileprivate func matches(_ regex: Regex<AnyRegexOutput>) -> Bool {
        ((try? regex.firstMatch(in: self)) ?? nil) != nil
    }
}
