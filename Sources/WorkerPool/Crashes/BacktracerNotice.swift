/// A filter that removes from stderr the runtime's notice that it has written a crash report. The emulator shows the
/// crash in better words.
///
/// The notice is an empty line, a line `*** Signal 4: Backtracing from 0x…... done ***` and another empty line. On a
/// busy machine it also has a line `swift-runtime: failed to suspend thread …`.
struct BacktracerNotice {
    private static let lineEnd = UInt8(ascii: "\n")
    /// The empty lines that may begin a notice.
    private var held: [UInt8] = []
    private var followsNotice = false

    /// Filters whole lines.
    ///
    /// - Returns: the lines to show, including earlier ones that were held back.
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

    /// Ends the output so far.
    ///
    /// - Returns: the empty lines that turned out not to belong to a notice.
    mutating func takeRest() -> [UInt8] {
        defer { held = [] }
        return held
    }

    private static func haveEmptyLine(_ lines: [UInt8]) -> Bool {
        lines.first == lineEnd || zip(lines, lines.dropFirst()).contains { $0 == lineEnd && $1 == lineEnd }
    }

    /// Whether a line is the notice itself, without the empty lines around it.
    static func isNotice(_ line: ArraySlice<UInt8>) -> Bool {
        if line.starts(with: "swift-runtime: failed to suspend thread ".utf8) { return true }
        return line.starts(with: "*** Signal ".utf8)
            && String(decoding: line.prefix(256), as: UTF8.self).contains("Backtracing from")
    }
}
