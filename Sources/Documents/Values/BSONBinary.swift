/// Bytes with a subtype that says what they represent.
public struct BSONBinary: Sendable, Hashable {
    /// The subtype: 0 for plain bytes, 4 for a UUID, 5 for an MD5 hash. Subtypes from 128 on are for your own use.
    public var subtype: UInt8
    public var bytes: [UInt8]

    public init(_ bytes: [UInt8], subtype: UInt8 = 0) {
        self.bytes = bytes
        self.subtype = subtype
    }

    /// The former subtype of plain bytes, which contain their length once more at the start.
    static let oldSubtype: UInt8 = 2
}
