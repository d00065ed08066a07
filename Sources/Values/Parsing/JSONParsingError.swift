/// What is wrong with a JSON text, and where.
public struct JSONParsingError: Error, Hashable, CustomStringConvertible {
    /// What is wrong, as a clause without capital and full stop: `expected a value, found '}'`.
    public let message: String
    /// Position of the offending byte, from 0; the length of the text when it ends too early.
    public let offset: Int
    /// Line of the offending byte, from 1; lines end with a line feed.
    public let line: Int
    /// Column of the offending byte in its line, from 1, counted in Unicode scalars.
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
