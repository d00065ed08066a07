import CloudFunctions
import Values

/// The parts of a question to the API and its answer that must not be written to disk: values under names such as
/// `password`, and the call's own token wherever it appears.
struct Secrets {
    private let token: String?
    private static let words = [
        "password", "passphrase", "pwd", "secret", "token", "authorization", "credential", "cookie", "psk", "apikey",
        "privatekey", "otp",
    ]

    init(of question: APIQuestion) {
        let header = question.headers.first { $0.name.lowercased() == "authorization" }?.value
        token = header?.split(separator: " ").last.map(String.init).flatMap { $0.count >= 4 ? $0 : nil }
    }

    /// Returns the value with `…` in place of secrets.
    func removed(from value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text): token.map { .string(text.replacing($0, with: "…")) } ?? value
        case .array(let elements): .array(elements.map(removed))
        case .object(let object):
            .object(
                JSONObject(
                    object.map { key, value in
                        let name = key.lowercased().filter { $0.isLetter }
                        let isSecret = Self.words.contains { name.contains($0) }
                        return (key, isSecret && !value.isNull ? "…" : removed(from: value))
                    }))
        default: value
        }
    }
}
