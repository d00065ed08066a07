package import Failures

/// A function's name as a caller wrote it: `functions.example.greet`, `example.greet`, or `greet` of the module `functions`.
package struct FunctionName: Equatable, Sendable {
    package let text: String

    /// Checks a name; one that is empty or ends with a dot is a name that no function has, other empty parts are errors.
    ///
    /// - Throws: ``Failure`` with the code `invalid-name`.
    package init(_ text: String) throws(Failure) {
        var isAtStart = true
        var isASCII = true
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: ".") where isAtStart: throw Self.invalid(text, "has an empty part")
            case UInt8(ascii: "/"), UInt8(ascii: "\\"): throw Self.invalid(text, "contains a slash")
            case 0x09...0x0D, 0x20: throw Self.invalid(text, "contains white space")
            default: isASCII = isASCII && byte < 0x80
            }
            isAtStart = byte == UInt8(ascii: ".")
        }
        guard isASCII || !text.contains(where: \.isWhitespace) else {
            throw Self.invalid(text, "contains white space")
        }
        self.text = text
    }

    /// What answers and messages show: `module.function`, for a bare name `functions.name`.
    package var displayed: String { text.contains(".") ? text : "functions.\(text)" }

    /// The full path that the name means, for messages.
    package var path: String { text.hasPrefix("functions.") ? text : "functions.\(displayed)" }

    /// The names by which a path may be called: itself, and without `functions.` once or twice where it begins with it.
    package static func names(ofPath path: String) -> [String] {
        var names = [path]
        while let last = names.last, last.hasPrefix("functions."), names.count < 3 {
            names.append(String(last.dropFirst("functions.".count)))
        }
        return names
    }

    private static func invalid(_ name: String, _ problem: String) -> Failure {
        Failure(
            .invalidName, "The function name '\(name)' \(problem)",
            remedy: "Write folder, file and function with dots between them, as in functions.example.greet.")
    }
}
