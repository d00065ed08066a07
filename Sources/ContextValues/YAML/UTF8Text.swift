/// The checks of a file's bytes before they are read as text.
enum UTF8Text {
    /// The mark that some editors put before UTF-8 text.
    static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Returns the bytes without a byte order mark.
    ///
    /// - Throws: `YAMLError` if the bytes are not UTF-8, with the place of the first byte that is invalid.
    static func checked(_ bytes: [UInt8]) throws(YAMLError) -> [UInt8] {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            throw YAMLPlace().error("the text is UTF-16, it must be UTF-8")
        }
        if let offset = firstInvalidByte(in: bytes) {
            let digits = String(bytes[offset], radix: 16, uppercase: true)
            throw YAMLPlace(ofByte: offset, in: bytes).error("the byte 0x\(digits) is not valid UTF-8")
        }
        return bytes.starts(with: byteOrderMark) ? Array(bytes.dropFirst(byteOrderMark.count)) : bytes
    }

    private static func firstInvalidByte(in bytes: [UInt8]) -> Int? {
        var offset = 0
        var parser = Unicode.UTF8.ForwardParser()
        var iterator = bytes.makeIterator()
        while true {
            switch parser.parseScalar(from: &iterator) {
            case .valid(let scalar): offset += scalar.count
            case .error: return offset
            case .emptyInput: return nil
            }
        }
    }
}
