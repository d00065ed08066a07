/// The identity that MongoDB gives a document: 12 bytes, shown as 24 hexadecimal digits.
public struct ObjectID: Sendable, Hashable {
    /// The first eight bytes and the last four, big endian.
    private let high: UInt64
    private let low: UInt32

    /// The 12 bytes.
    package var bytes: [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: high >> (56 - 8 * $0)) }
            + (0..<4).map { UInt8(truncatingIfNeeded: low >> (24 - 8 * $0)) }
    }

    /// - Parameter bytes: 12 bytes; nil for any other number of them.
    package init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 12 else { return nil }
        high = bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        low = bytes.suffix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }
}
