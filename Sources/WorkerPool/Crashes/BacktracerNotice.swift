/// Leaves out of stderr what the runtime says about writing a crash report, which is shown in better words: an empty line, a line
/// `*** Signal 4: Backtracing from 0x…... done ***` and another empty line; on a busy machine also a line
/// `swift-runtime: failed to suspend thread …`.
struct BacktracerNotice {
    private static let lineEnd = UInt8(ascii: "\n")
    /// Empty lines that may be the notice's first.
    private var held: [UInt8] = []
    private var followsNotice = false

    /// Takes whole lines in.
    ///
    /// - Returns: what is to be shown of them and of lines before.
    mutating func leaveOut(of lines: [UInt8]) -> [UInt8] {
        guard followsNotice || !held.isEmpty || Self.haveEmptyLine(lines) else { return lines }
        var shown: [UInt8] = []
        for line in lines.split(separator: Self.lineEnd, omittingEmptySubsequences: false).dropLast() {
            if line.isEmpty {
                if !followsNotice { held.append(Self.lineEnd) }
            } else if Self.isNotice(line) {
                held = []
            } else {
                shown += held + line + [Self.lineEnd]
                held = []
            }
            followsNotice = Self.isNotice(line)
        }
        return shown
    }

    /// Ends what was printed so far.
    ///
    /// - Returns: the empty lines that were not the notice's.
    mutating func takeRest() -> [UInt8] {
        defer { held = [] }
        return held
    }

    private static func haveEmptyLine(_ lines: [UInt8]) -> Bool {
        lines.first == lineEnd || zip(lines, lines.dropFirst()).contains { $0 == lineEnd && $1 == lineEnd }
    }

    /// Whether a line is the notice, without the empty lines around it.
    static func isNotice(_ line: ArraySlice<UInt8>) -> Bool {
        if line.starts(with: "swift-runtime: failed to suspend thread ".utf8) { return true }
        return line.starts(with: "*** Signal ".utf8)
            && String(decoding: line.prefix(256), as: UTF8.self).contains("Backtracing from")
    }
}
