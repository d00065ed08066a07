package import Failures

/// A function's name as a caller wrote it: `functions.example.greet`, `example.greet`, or `greet` for the module
/// `functions`.
package struct FunctionName: Equatable, Sendable {
    package let text: String

    /// Checks a name. An empty name and one that ends with a dot are accepted, although no function has such a name.
    /// Any other empty part is an error.
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

    /// The name as responses and messages show it: `module.function`, or `functions.name` for a bare name.
    package var displayed: String { text.contains(".") ? text : "functions.\(text)" }

    /// The full path that the name means, for messages.
    package var path: String { text.hasPrefix("functions.") ? text : "functions.\(displayed)" }

    /// Returns the names by which the function with the given path may be called. These are the path itself and the
    /// path without one or two leading parts `functions.`, if it begins with them.
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
