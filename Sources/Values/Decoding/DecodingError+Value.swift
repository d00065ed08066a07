extension DecodingError {
    /// The path to the value that the error is about, such as `points[2].x`, or an empty string for the top-level
    /// value.
    public var valuePath: String {
        switch self {
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            ValuePath.text(context.codingPath)
        case .keyNotFound(let key, let context): ValuePath.text(context.codingPath + [key])
        @unknown default: ""
        }
    }

    /// A description of the problem, to follow the value's name: `expected an integer (Int), found text "abc"` or
    /// `is missing`.
    public var valueMessage: String {
        switch self {
        case .keyNotFound: "is missing"
        case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
            context.debugDescription.isEmpty ? "expected \(type)" : context.debugDescription
        case .dataCorrupted(let context): context.debugDescription.isEmpty ? "is invalid" : context.debugDescription
        @unknown default: "is invalid"
        }
    }
}
