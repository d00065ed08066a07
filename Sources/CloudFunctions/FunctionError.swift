/// An error with a status and a code that the function's author chooses.
///
/// ```swift
/// guard let note else { throw FunctionError(status: 404, code: "no-such-note", "There is no note \(id)") }
/// ```
///
/// If the function throws this error and does not catch it, a call by path is answered with its status, and the error
/// object has the code as `functionCode`. A call through `POST /` is answered with status 500, as in the cloud, and
/// with the same object.
public struct FunctionError: Error, Sendable, Hashable {
    /// The HTTP status, from 400 to 599.
    public let status: Int
    /// The code by which callers can recognise the error, as in `no-such-note`.
    public let code: String
    /// A description of the error, a sentence for people.
    public let message: String

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - status: the HTTP status, from 400 to 599; any other value is a mistake that ends the process.
    ///   - code: the code by which callers can recognise the error, as in `no-such-note`.
    ///   - message: a description of the error, a sentence for people.
    public init(status: Int = 500, code: String, _ message: String) {
        guard (400...599).contains(status) else {
            // A precondition would lose this message in an optimised build.
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
