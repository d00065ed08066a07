/// A request to the cloud's API that has no answer.
public struct APIError: Error, Sendable, Hashable {
    /// What kind of thing went wrong.
    public enum Kind: String, Sendable, Hashable {
        /// The API does not answer, or not in time.
        case unreachable
        /// What the API says of its resources cannot be read.
        case discoveryFailed
        /// The API has no resource of that name.
        case unknownRel
        /// The resource's URL has a part that no argument is given for.
        case missingURLArgument
        /// The API refused what was asked for on the function's behalf.
        case refused
        /// What stands in for the API has no answer.
        case noAnswer
        /// A query's value is an object, or a body has no JSON form.
        case invalidRequest
    }

    public let kind: Kind
    /// What happened.
    public let message: String
    /// What to do about it.
    public let remedy: String?

    package init(_ kind: Kind, _ message: String, remedy: String? = nil) {
        self.kind = kind
        self.message = message
        self.remedy = remedy
    }
}

extension APIError: CustomStringConvertible {
    public var description: String { [message, remedy].compactMap(\.self).joined(separator: ": ") }
}
