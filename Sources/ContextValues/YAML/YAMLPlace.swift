/// A place in a text: line and column in characters, both counted from 1.
struct YAMLPlace: Sendable, Equatable {
    var line = 1
    var column = 1

    /// The problem at this place, not yet bound to a file.
    func error(_ message: String) -> YAMLError {
        YAMLError(line: line, column: column, message: message)
    }
}

extension YAMLPlace {
    /// The place of the byte at `offset` in UTF-8 text that is valid up to there.
    init(ofByte offset: Int, in bytes: [UInt8]) {
        let start = bytes.starts(with: UTF8Text.byteOrderMark) ? UTF8Text.byteOrderMark.count : 0
        var isAfterReturn = false
        for byte in bytes[..<offset].dropFirst(start) {
            switch byte {
            case UInt8(ascii: "\n") where isAfterReturn: break
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                line += 1
                column = 1
            case 0x80...0xBF: break
            default: column += 1
            }
            isAfterReturn = byte == UInt8(ascii: "\r")
        }
    }
}
