import SystemSupport

/// A parser for the percent-encoded parts of a request's target.
package enum Query {
    /// Returns the names and values of a query such as `name=Ada+L&age=36`, in order.
    package static func parse(_ query: some StringProtocol) -> [(name: String, value: String)] {
        // This splits bytes, because a separator and a combining mark after it form a different character.
        query.utf8.split(separator: UInt8(ascii: "&")).map { part in
            let name = part.prefix { $0 != UInt8(ascii: "=") }
            let value = part.dropFirst(name.count + 1)
            return (
                PercentEncoding.decode(name, plusIsSpace: true), PercentEncoding.decode(value, plusIsSpace: true)
            )
        }
    }

    /// Returns the text of a part of a path, with each sequence such as `%41` decoded.
    package static func decode(_ text: some StringProtocol) -> String { PercentEncoding.decode(text.utf8) }
}
