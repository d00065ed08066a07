/// The kind of a JSON value, which the value's first byte determines.
public enum JSONKind: Sendable, Hashable {
    case null, bool, number, string, array, object

    /// Creates the kind of a value whose text begins with the given byte, or returns nil if no value does.
    @inlinable
    public init?(firstByte: UInt8) {
        switch firstByte {
        case UInt8(ascii: "{"): self = .object
        case UInt8(ascii: "["): self = .array
        case UInt8(ascii: "\""): self = .string
        case UInt8(ascii: "t"), UInt8(ascii: "f"): self = .bool
        case UInt8(ascii: "n"): self = .null
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): self = .number
        default: return nil
        }
    }
}
