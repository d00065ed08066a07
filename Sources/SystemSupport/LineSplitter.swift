/// A buffer that splits a stream of bytes into lines.
package struct LineSplitter {
    private var pending: [UInt8] = []

    package init() {}

    /// Adds bytes and returns the lines that they complete, without line ends.
    ///
    /// Bytes that end in an ellipsis complete a line too: SwiftPM writes such a message before it waits for another
    /// process.
    package mutating func append(_ bytes: [UInt8]) -> [String] {
        pending += bytes
        var parts = pending.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        pending = []
        if let last = parts.last, !last.suffix(3).elementsEqual("...".utf8) { pending = Array(parts.removeLast()) }
        return parts.map { String(decoding: $0, as: UTF8.self) }
    }

    /// The text after the last line end, or nil if there is none.
    package var rest: String? { pending.isEmpty ? nil : String(decoding: pending, as: UTF8.self) }
}
