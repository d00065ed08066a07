/// An error for a request to the cloud's API that has no answer.
public struct APIError: Error, Sendable, Hashable {
    /// The kinds of failures.
    public enum Kind: String, Sendable, Hashable {
        /// The API does not answer, or does not answer in time.
        case unreachable
        /// The API's discovery, which describes its resources, cannot be read.
        case discoveryFailed
        /// The API has no resource of that name.
        case unknownRel
        /// The resource's URL has a part without an argument.
        case missingURLArgument
        /// The API refused a request that was made on the function's behalf.
        case refused
        /// The stub that stands in for the API has no answer.
        case noAnswer
        /// A URL argument, a value of the query or a header is not valid.
        case invalidRequest
    }

    /// The kind of failure.
    public let kind: Kind
    /// A description of the failure.
    public let message: String
    /// A suggestion for the user, or nil if there is none.
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
