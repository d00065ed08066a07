extension CrashReport {
    /// The beginning of a runtime message.
    private struct Mark {
        let words: String
        /// Whether the words are shown as part of the message.
        var isTold = true
        /// Whether the message is a single line, whatever follows it. Otherwise a colon and any text follow the words.
        var isLine = false
    }

    private static let marks = [
        Mark(words: "Fatal error", isTold: false), Mark(words: "Precondition failed"), Mark(words: "Assertion failed"),
        Mark(words: "Could not cast value of type ", isLine: true),
        Mark(words: "Simultaneous accesses to ", isLine: true),
        Mark(words: "Attempted to read an unowned reference but ", isLine: true),
    ]

    private static let longestMessage = 2_000

    /// Returns the message that the runtime printed before it ended the process, as in `Index out of range`.
    ///
    /// - Parameter errorOutput: the text that the process printed to stderr.
    /// - Returns: all lines of the message, at most 2,000 characters, or nil if there is none.
    static func runtimeMessage(in errorOutput: String) -> String? {
        let lines = errorOutput.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated().reversed() {
            guard let (mark, start) = begin(of: line) else { continue }
            if mark.isLine { return withoutAddresses(line[start...]) }
            // Lines after the notice do not come from the runtime.
            let end = lines[index...].firstIndex { BacktracerNotice.isNotice(ArraySlice($0.utf8)) } ?? lines.endIndex
            let message = bounded(([line[start...]] + lines[(index + 1)..<end]).joined(separator: "\n"))
            return message.isEmpty ? mark.words : message
        }
        return nil
    }

    /// Finds the beginning of a runtime message in a line.
    ///
    /// - Returns: the message's mark and the start of the text to show, or nil if no message begins in the line.
    private static func begin(of line: Substring) -> (mark: Mark, start: Substring.Index)? {
        let found = marks.compactMap { mark -> (mark: Mark, words: Range<Substring.Index>)? in
            guard let words = line.firstRange(of: mark.words),
                mark.isLine || words.upperBound == line.endIndex || line[words.upperBound] == ":"
            else { return nil }
            return (mark, words)
        }
        guard let (mark, words) = found.min(by: { $0.words.lowerBound < $1.words.lowerBound }) else { return nil }
        guard !mark.isTold else { return (mark, words.lowerBound) }
        return (mark, line[words.upperBound...].firstIndex { $0 != ":" && $0 != " " } ?? line.endIndex)
    }

    /// Returns a sentence without its period and without the memory addresses of types.
    private static func withoutAddresses(_ sentence: Substring) -> String {
        let text = sentence.replacing(#/ \(0x[0-9a-f]+\)/#, with: "")
        return bounded(String(text.hasSuffix(".") ? text.dropLast() : text))
    }

    private static func bounded(_ message: String) -> String {
        let end = message.lastIndex { !$0.isWhitespace }.map { message.index(after: $0) } ?? message.startIndex
        let text = message[..<end].drop(while: \.isWhitespace)
        return text.count > longestMessage ? text.prefix(longestMessage - 1) + "…" : String(text)
    }
}
