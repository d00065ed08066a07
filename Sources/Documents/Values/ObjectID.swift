public import FoundationEssentials
import Synchronization

/// The identifier that MongoDB gives a document: 12 bytes, shown as 24 hexadecimal digits.
///
/// Source: the MongoDB manual, "ObjectId".
public struct ObjectID: Sendable, Hashable {
    /// The first eight bytes and the last four, big endian.
    private let high: UInt64
    private let low: UInt32

    /// Creates an identifier that no other process and no other call creates.
    ///
    /// It consists of the seconds since 1970, five bytes that are random for each process, and a count that starts at
    /// a random number.
    public init() {
        let count = Self.counter.wrappingAdd(1, ordering: .relaxed).newValue & 0xFF_FFFF
        let seconds = UInt64(UInt32(truncatingIfNeeded: Int(Date.now.timeIntervalSince1970)))
        high = seconds << 32 | Self.processID >> 8
        low = UInt32(truncatingIfNeeded: (Self.processID & 0xFF) << 24) | count
    }

    private static let counter = Atomic<UInt32>(UInt32.random(in: 0...0xFF_FFFF))
    /// Forty random bits.
    private static let processID = UInt64.random(in: 0...0xFF_FFFF_FFFF)

    /// Creates the identifier of 24 hexadecimal digits, or returns nil for any other text.
    public init?(_ text: String) {
        let digits = text.utf8
        guard digits.count == 24, digits.allSatisfy({ $0.isHexadecimalDigit }),
            let high = UInt64(text.prefix(16), radix: 16), let low = UInt32(text.suffix(8), radix: 16)
        else { return nil }
        self.high = high
        self.low = low
    }

    /// The 24 hexadecimal digits, in lower case.
    public var hexString: String {
        let (first, last) = (String(high, radix: 16), String(low, radix: 16))
        return String(repeating: "0", count: 16 - first.count) + first + String(repeating: "0", count: 8 - last.count)
            + last
    }

    /// The time at which the identifier was created, in whole seconds.
    public var date: Date { Date(timeIntervalSince1970: Double(high >> 32)) }

    /// The 12 bytes.
    package var bytes: [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: high >> (56 - 8 * $0)) }
            + (0..<4).map { UInt8(truncatingIfNeeded: low >> (24 - 8 * $0)) }
    }

    /// Creates the identifier of 12 bytes, or returns nil for any other number of bytes.
    package init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 12 else { return nil }
        high = bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        low = bytes.suffix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }
}

extension ObjectID: LosslessStringConvertible {
    /// The same as ``hexString``.
    public var description: String { hexString }
}

extension ObjectID: Comparable {
    /// Compares the bytes, whose order is roughly the order in which identifiers were created.
    public static func < (left: ObjectID, right: ObjectID) -> Bool { (left.high, left.low) < (right.high, right.low) }
}

extension UInt8 {
    fileprivate var isHexadecimalDigit: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }
}
