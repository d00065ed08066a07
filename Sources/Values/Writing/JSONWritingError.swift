/// An error about a value that has no JSON text, with the path to the offending part.
public struct JSONWritingError: Error, Hashable, CustomStringConvertible {
    /// A description of the error, as a clause without a capital letter or full stop:
    /// `NaN is not a number that JSON can hold`.
    public let message: String
    /// The path to the offending value, such as `readings[3]`, or an empty string for the top-level value.
    public internal(set) var path: String

    init(_ message: String) {
        self.message = message
        path = ""
    }

    /// Returns this error as seen from the container that has the offending value at the given step.
    func inside(_ step: ValuePath.Step) -> JSONWritingError {
        var error = self
        error.path = ValuePath.joined(step, path)
        return error
    }

    public var description: String { path.isEmpty ? message : "\(path): \(message)" }
}
