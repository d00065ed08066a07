/// Why a value has no JSON text, and where in the value the reason lies.
public struct JSONWritingError: Error, Hashable, CustomStringConvertible {
    /// What is wrong, as a clause without capital and full stop: `NaN is not a number that JSON can hold`.
    public let message: String
    /// The way from the top to the offending value, such as `readings[3]`; empty when it is the top itself.
    public internal(set) var path: String

    init(_ message: String) {
        self.message = message
        path = ""
    }

    /// This error, seen from the container that has the offending value at that step.
    func inside(_ step: ValuePath.Step) -> JSONWritingError {
        var error = self
        error.path = ValuePath.joined(step, path)
        return error
    }

    public var description: String { path.isEmpty ? message : "\(path): \(message)" }
}
