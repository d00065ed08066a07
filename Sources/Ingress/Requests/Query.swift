/// Reads the percent-encoded parts of a request's target.
enum Query {
    /// The names and values of a query such as `name=Ada+L&age=36`, in order.
    static func parse(_ query: some StringProtocol) -> [(name: String, value: String)] {
        query.split(separator: "&").map { part in
            let name = part.prefix { $0 != "=" }
            let value = part.dropFirst(name.count + 1)
            return (decodeField(name), decodeField(value))
        }
    }

    private static func decodeField(_ text: some StringProtocol) -> String {
        decode(String(text.map { $0 == "+" ? " " : $0 }))
    }

    /// The text with each `%41` decoded; what is no hexadecimal pair stays as it is.
    static func decode(_ text: some StringProtocol) -> String {
        guard text.contains("%") else { return String(text) }
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
