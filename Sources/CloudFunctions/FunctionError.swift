/// An error that tells callers a status and a code of the function author's own.
///
/// ```swift
/// guard let note else { throw FunctionError(status: 404, code: "no-such-note", "There is no note \(id)") }
/// ```
///
/// Thrown and not caught it answers a call by path with that status, and the error object has the code as `functionCode`. A call
/// through `POST /` is answered with status 500, as in the cloud, and the same object.
public struct FunctionError: Error, Sendable, Hashable {
    /// The HTTP status, 400 to 599.
    public let status: Int
    /// What callers can tell the error by, as in `no-such-note`.
    public let code: String
    /// What happened, a sentence for a person.
    public let message: String

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - status: the HTTP status, 400 to 599; anything else is a mistake that ends the process.
    ///   - code: what callers can tell the error by, as in `no-such-note`.
    ///   - message: what happened, a sentence for a person.
    public init(status: Int = 500, code: String, _ message: String) {
        guard (400...599).contains(status) else {
            // Of a precondition the sentence would be left out where this is optimised.
            fatalError("A FunctionError has a status from 400 to 599, not \(status)")
        }
        self.status = status
        self.code = code
        self.message = message
    }
}

extension FunctionError: CustomStringConvertible {
    public var description: String { message }
}
