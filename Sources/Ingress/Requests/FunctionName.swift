package import InvocationProtocol

/// A function's name as a caller wrote it, and the paths that it may stand for.
package struct FunctionName: Equatable, Sendable {
    /// What answers and messages show: `module.function`, for a bare name `functions.name`.
    package let displayed: String
    /// The paths to look for, in this order.
    package let candidates: [String]

    /// Parses a name such as `functions.example.greet`, `example.greet` or `greet`.
    ///
    /// A name that is empty or ends with a dot is a name that no function has; other empty parts are errors.
    /// - Throws: ``InvocationFailure`` with the code `invalid-name`.
    package init(_ text: String) throws(InvocationFailure) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard !parts.dropLast().contains(where: \.isEmpty) else { throw Self.invalid(text, "has an empty part") }
        guard !text.contains(where: { $0 == "/" || $0 == "\\" }) else { throw Self.invalid(text, "contains a slash") }
        guard !text.contains(where: \.isWhitespace) else { throw Self.invalid(text, "contains white space") }
        displayed = parts.count < 2 ? "functions.\(text)" : text
        candidates = parts.first == "functions" ? [text, "functions.\(displayed)"] : ["functions.\(displayed)"]
    }

    private static func invalid(_ name: String, _ problem: String) -> InvocationFailure {
        InvocationFailure(
            .invalidName, "The function name '\(name)' \(problem)",
            remedy: "Write folder, file and function with dots between them, as in functions.example.greet.")
    }
}
