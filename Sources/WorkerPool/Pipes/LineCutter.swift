/// Cuts the bytes that a process prints into whole lines, however the reads came.
struct LineCutter {
    /// The line that has no end yet.
    private(set) var begun: [UInt8] = []
    /// A line without an end is cut when it is longer than this, in bytes.
    static let longestLine = 16 * 1024
    private static let lineEnd = UInt8(ascii: "\n")

    /// Takes bytes in.
    ///
    /// - Returns: the lines that are whole now, each with its end; often none.
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

    /// Ends the line that has begun.
    ///
    /// - Returns: the line with an end; empty when none has begun.
    mutating func takeRest() -> [UInt8] {
        guard !begun.isEmpty else { return [] }
        defer { begun = [] }
        return begun + [Self.lineEnd]
    }

    /// Cuts a long line, not within a character.
    private mutating func cut() -> [UInt8] {
        let isWithin = { (byte: UInt8) in byte & 0xC0 == 0x80 }
        var end = begun.endIndex
        // The last character may have come in part: it begins in one of the last four bytes.
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
