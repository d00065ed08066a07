/// A buffer that cuts the bytes that a process prints into whole lines, however the reads divide them.
struct LineCutter {
    /// The last line, while it is incomplete.
    private(set) var begun: [UInt8] = []
    /// The length of the longest incomplete line, in bytes. A longer one is cut.
    static let longestLine = 16 * 1024
    private static let lineEnd = UInt8(ascii: "\n")

    /// Adds bytes.
    ///
    /// - Returns: the lines that are now complete, each with its end. Often there are none.
    mutating func take(_ bytes: some Collection<UInt8>) -> [UInt8] {
        begun.append(contentsOf: bytes)
        guard let end = begun.lastIndex(of: Self.lineEnd) else {
            return begun.count > Self.longestLine ? cut() : []
        }
        guard end < begun.endIndex - 1 else {
            defer { begun = [] }
            return begun
        }
        let lines = Array(begun[...end])
        begun = Array(begun[(end + 1)...])
        return begun.count > Self.longestLine ? lines + cut() : lines
    }

    /// Ends the incomplete line.
    ///
    /// - Returns: the line with an end, or nothing if there is no incomplete line.
    mutating func takeRest() -> [UInt8] {
        guard !begun.isEmpty else { return [] }
        defer { begun = [] }
        return begun + [Self.lineEnd]
    }

    /// Cuts a long line, but not within a character.
    private mutating func cut() -> [UInt8] {
        let isWithin = { (byte: UInt8) in byte & 0xC0 == 0x80 }
        var end = begun.endIndex
        // The last character may be incomplete. It begins in one of the last four bytes.
        for back in 1...4 where !isWithin(begun[begun.endIndex - back]) {
            let first = begun[begun.endIndex - back]
            let length = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
            if length > back { end -= back }
            break
        }
        defer { begun = Array(begun[end...]) }
        return begun[..<end] + [Self.lineEnd]
    }
}
