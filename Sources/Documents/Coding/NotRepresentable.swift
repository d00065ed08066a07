import Values

/// What makes a value none that BSON can hold.
struct NotRepresentable: Error {
    /// To be read behind the value's path.
    let reason: String
    /// The scalar that BSON cannot hold; nil for what is no scalar, which would make an error long to read.
    let value: (any Sendable)?
    /// The way from the value to the part of it that BSON cannot hold.
    private(set) var path: [StepKey] = []

    init(_ reason: String, value: (any Sendable)? = nil) {
        self.reason = reason
        self.value = value
    }

    /// An integer beyond 64 bits.
    static func integer(_ number: JSONValue) -> NotRepresentable {
        NotRepresentable(
            "\(ScalarDecoding.found(number)) does not fit the 64 bits that MongoDB has for one", value: number)
    }

    static let tooDeep = NotRepresentable(
        "documents and lists are nested more than \(BSONWriter.depthLimit) deep, which is MongoDB's limit")

    /// The same as seen from the container that holds the value under `key`.
    func inside(_ key: StepKey) -> NotRepresentable {
        var outer = self
        outer.path.insert(key, at: 0)
        return outer
    }

    /// The error that an encoder throws; it holds the type of `value` when that is no scalar.
    ///
    /// - Parameter path: the way from the top to `value`.
    func encodingError(of value: Any, at path: [any CodingKey] = []) -> EncodingError {
        let whole = path + self.path
        let text = whole.isEmpty ? reason : "\(ValuePath.text(whole)): \(reason)"
        return .invalidValue(
            self.value ?? type(of: value), EncodingError.Context(codingPath: whole, debugDescription: text))
    }

    /// The error that a decoder throws.
    ///
    /// - Parameter path: the way from the top to the value.
    func decodingError(at path: [any CodingKey]) -> DecodingError {
        .dataCorrupted(DecodingError.Context(codingPath: path + self.path, debugDescription: reason))
    }
}
