/// A parser for the percent-encoded parts of a request's target.
package enum Query {
    /// Returns the names and values of a query such as `name=Ada+L&age=36`, in order.
    package static func parse(_ query: some StringProtocol) -> [(name: String, value: String)] {
        // This splits bytes, because a separator and a combining mark after it form a different character.
        query.utf8.split(separator: UInt8(ascii: "&")).map { part in
            let name = part.prefix { $0 != UInt8(ascii: "=") }
            return (decode(name, plusIsSpace: true), decode(part.dropFirst(name.count + 1), plusIsSpace: true))
        }
    }

    /// Returns the text with each sequence such as `%41` decoded. Percent signs without two hexadecimal digits stay
    /// as they are.
    package static func decode(_ text: some StringProtocol) -> String {
        decode(text.utf8, plusIsSpace: false)
    }

    private static func decode(_ text: some Collection<UInt8>, plusIsSpace: Bool) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2, let high = Hexadecimal.value(rest[rest.startIndex]),
                let low = Hexadecimal.value(rest[rest.startIndex + 1])
            {
                bytes.append(high << 4 | low)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(plusIsSpace && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
