/// The kind of a JSON value, which its first byte tells.
public enum JSONKind: Sendable, Hashable {
    case null, bool, number, string, array, object

    /// The kind of the value whose text begins with that byte, nil when no value begins so.
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
