/// An error in a JSON text, and its position.
public struct JSONParsingError: Error, Hashable, CustomStringConvertible {
    /// A description of the error, as a clause without a capital letter or full stop: `expected a value, found '}'`.
    public let message: String
    /// The position of the offending byte, from 0, or the length of the text if it ends too early.
    public let offset: Int
    /// The line of the offending byte, from 1. Lines end with a line feed.
    public let line: Int
    /// The column of the offending byte in its line, from 1, counted in Unicode scalars.
    public let column: Int

    /// Creates an error about the byte at `offset` of `bytes`.
    init(_ message: String, at offset: Int, of bytes: UnsafeBufferPointer<UInt8>) {
        self.message = message
        self.offset = offset
        var line = 1
        var column = 1
        for index in 0..<min(offset, bytes.count) {
            let byte = unsafe bytes[index]
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        self.line = line
        self.column = column
    }

    public var description: String { "line \(line), column \(column): \(message)" }
}
