extension JSONWriter {
    /// Appends a string in quotes, in which only quotes, backslashes and control characters are escaped.
    mutating func write(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        unsafe text.utf8.span.withUnsafeBufferPointer { buffer in
            var runStart = 0
            var position = 0
            while true {
                position = unsafe Self.firstEscaped(in: buffer, from: position)
                if position > runStart {
                    unsafe bytes.append(contentsOf: UnsafeBufferPointer(rebasing: buffer[runStart..<position]))
                }
                guard position < buffer.count else { return }
                writeEscape(unsafe buffer[position])
                position += 1
                runStart = position
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Returns the index of the first byte at or after `start` that must be escaped, or the number of bytes if there
    /// is none.
    @inline(__always)
    private static func firstEscaped(in buffer: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        guard let base = buffer.baseAddress else { return 0 }
        let raw = unsafe UnsafeRawPointer(base)
        let ones: UInt64 = 0x0101_0101_0101_0101
        var position = start
        while position &+ 8 <= buffer.count {
            let word = unsafe UInt64(
                littleEndian: raw.loadUnaligned(fromByteOffset: position, as: UInt64.self))
            let quotes = (word ^ (ones &* 0x22)) &- ones
            let backslashes = (word ^ (ones &* 0x5C)) &- ones
            let controls = word &- (ones &* 0x20)
            let hits = (quotes | backslashes | controls) & ~word & (ones &* 0x80)
            guard hits == 0 else { return position &+ (hits.trailingZeroBitCount >> 3) }
            position &+= 8
        }
        while position < buffer.count {
            let byte = unsafe buffer[position]
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { break }
            position &+= 1
        }
        return position
    }

    private mutating func writeEscape(_ byte: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case 0x08: bytes.append(UInt8(ascii: "b"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0C: bytes.append(UInt8(ascii: "f"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        case 0x00...0x1F:
            write(literal: byte < 0x10 ? "u000" : "u001")
            let digit = byte & 0x0F
            bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        default: bytes.append(byte)
        }
    }
}
