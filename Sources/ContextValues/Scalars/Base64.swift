/// The base64 form of binary data.
enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let values = Dictionary(uniqueKeysWithValues: alphabet.enumerated().map { ($1, UInt8($0)) })

    /// Returns a base64 text of the same data without line breaks and with its padding.
    ///
    /// As in Python, characters that are not base64 are ignored, and reading stops at the padding.
    static func normalized(_ text: String) throws(ScalarProblem) -> String {
        guard text.utf8.allSatisfy({ $0 < 0x80 }) else { throw ScalarProblem(text, isNot: "base64") }
        return encoded(try decoded(text))
    }

    private static func decoded(_ text: String) throws(ScalarProblem) -> [UInt8] {
        var bytes: [UInt8] = []
        var quad: [UInt8] = []
        var padding = 0
        for character in text.utf8 {
            if character == UInt8(ascii: "=") {
                guard quad.count >= 2 else { continue }
                padding += 1
                if quad.count + padding >= 4 { return bytes + partial(quad) }
            } else if let value = values[character] {
                padding = 0
                quad.append(value)
                if quad.count == 4 {
                    bytes += partial(quad)
                    quad = []
                }
            }
        }
        guard quad.isEmpty else { throw ScalarProblem("the base64 text ends too early, or its padding is missing") }
        return bytes
    }

    /// Returns the one to three bytes that two to four values of six bits contain.
    private static func partial(_ quad: [UInt8]) -> [UInt8] {
        zip(quad, quad.dropFirst()).enumerated().map { index, pair in
            pair.0 << (2 * UInt8(index) + 2) | pair.1 >> (4 - 2 * UInt8(index))
        }
    }

    private static func encoded(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
            for position in 0..<4 {
                let value = Int(bits >> UInt32(18 - 6 * position) & 0x3F)
                text.append(position <= group.count ? alphabet[value] : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
