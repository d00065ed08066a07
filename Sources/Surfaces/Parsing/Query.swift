package import Failures
import SystemSupport

/// A parser for the percent-encoded parts of a request.
package enum Query {
    /// Returns the names and values of a query such as `name=Ada+L&age=36`, in order.
    ///
    /// - Parameter part: the name of the part for messages, as in `query`.
    /// - Throws: ``Failure`` with the code `invalid-request` for bytes that are not UTF-8.
    package static func parse(
        _ query: some Collection<UInt8>, called part: String
    ) throws(Failure) -> [(name: String, value: String)] {
        // This splits bytes, because a separator and a combining mark after it form a different character.
        var pairs: [(name: String, value: String)] = []
        for field in query.split(separator: UInt8(ascii: "&")) {
            let name = field.prefix { $0 != UInt8(ascii: "=") }
            let value = field.dropFirst(name.count + 1)
            guard let name = PercentEncoding.decode(name, plusIsSpace: true),
                let value = PercentEncoding.decode(value, plusIsSpace: true)
            else { throw .notUTF8(part) }
            pairs.append((name, value))
        }
        return pairs
    }

    /// Returns the text of a part of a path, with each sequence such as `%41` decoded.
    ///
    /// - Throws: ``Failure`` with the code `invalid-request` for bytes that are not UTF-8.
    package static func decode(_ text: some StringProtocol) throws(Failure) -> String {
        guard let text = PercentEncoding.decode(text.utf8) else { throw .notUTF8("path") }
        return text
    }
}

extension Failure {
    fileprivate static func notUTF8(_ part: String) -> Failure {
        Failure(
            .invalidRequest, "The \(part) is not text in UTF-8",
            remedy: "Encode its characters as UTF-8, as in caf%C3%A9 for café.")
    }
}
