import Values

/// The reason that BSON cannot hold a value.
struct NotRepresentable: Error {
    /// A description of the problem, to follow the value's path.
    let reason: String
    /// The scalar that BSON cannot hold, or nil if the value is not a scalar, which would make an error long to read.
    let value: (any Sendable)?
    /// The path from the value to the part of it that BSON cannot hold.
    private(set) var path: [StepKey] = []

    init(_ reason: String, value: (any Sendable)? = nil) {
        self.reason = reason
        self.value = value
    }

    /// Creates the reason for an integer beyond 64 bits.
    static func integer(_ number: JSONValue) -> NotRepresentable {
        NotRepresentable(
            "\(ScalarDecoding.found(number)) does not fit the 64 bits that MongoDB has for one", value: number)
    }

    static let tooDeep = NotRepresentable(
        "documents and lists are nested more than \(BSONWriter.depthLimit) deep, which is MongoDB's limit")

    /// Returns this reason as seen from the container that holds the value under `key`.
    func inside(_ key: StepKey) -> NotRepresentable {
        var outer = self
        outer.path.insert(key, at: 0)
        return outer
    }

    /// Creates the error that an encoder throws. If the offending value is not a scalar, the error holds the type of
    /// `value`.
    ///
    /// - Parameter path: the path from the top-level value to `value`.
    func encodingError(of value: Any, at path: [any CodingKey] = []) -> EncodingError {
        let whole = path + self.path
        let text = whole.isEmpty ? reason : "\(ValuePath.text(whole)): \(reason)"
        return .invalidValue(
            self.value ?? type(of: value), EncodingError.Context(codingPath: whole, debugDescription: text))
    }

    /// Creates the error that a decoder throws.
    ///
    /// - Parameter path: the path from the top-level value to the value.
    func decodingError(at path: [any CodingKey]) -> DecodingError {
        .dataCorrupted(DecodingError.Context(codingPath: path + self.path, debugDescription: reason))
    }
}
