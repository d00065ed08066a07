/// A writer of JSON and of Swift literals that contain it.
enum JSONText {
    /// Returns a JSON object with its members in the given order. The values must already be JSON.
    static func object(_ members: [(key: String, value: String)]) -> String {
        "{" + members.map { "\(string($0.key)):\($0.value)" }.joined(separator: ",") + "}"
    }

    /// Returns a JSON array. The values must already be JSON.
    static func array(_ values: [String]) -> String {
        "[" + values.joined(separator: ",") + "]"
    }

    /// Returns a JSON string.
    static func string(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\0"..<" ", "\u{7F}"..."\u{9F}", "\u{FEFF}":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    /// Returns a raw string literal of Swift for text without line breaks, with as many `#` as the text requires.
    static func swiftLiteral(_ text: String) -> String {
        var longest = -1
        var current: Int?
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): current = 0
            case UInt8(ascii: "#"): current = current.map { $0 + 1 }
            default: current = nil
            }
            longest = max(longest, current ?? -1)
        }
        let fence = String(repeating: "#", count: longest + 1)
        return "\(fence)\"\(text)\"\(fence)"
    }
}
