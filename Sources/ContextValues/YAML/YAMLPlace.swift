/// A place in a text: a line and a column in characters, both counted from 1.
struct YAMLPlace: Sendable, Equatable {
    var line = 1
    var column = 1

    /// Creates the error for a problem at this place. The error has no file yet.
    func error(_ message: String) -> YAMLError {
        YAMLError(line: line, column: column, message: message)
    }
}

extension YAMLPlace {
    /// Creates the place of the byte at `offset` in a text that is valid UTF-8 up to there.
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
