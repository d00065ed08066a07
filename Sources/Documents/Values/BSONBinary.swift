/// Bytes with the subtype that says what they are.
public struct BSONBinary: Sendable, Hashable {
    /// 0 for plain bytes, 4 for a UUID, 5 for an MD5 sum; 128 and above are yours.
    public var subtype: UInt8
    public var bytes: [UInt8]

    public init(_ bytes: [UInt8], subtype: UInt8 = 0) {
        self.bytes = bytes
        self.subtype = subtype
    }

    /// Plain bytes as they were once written, with their length before them once more.
    static let oldSubtype: UInt8 = 2
}
