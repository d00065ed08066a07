/// A decimal number of 34 digits (IEEE 754-2008 decimal128), as its 16 bytes.
public struct Decimal128: Sendable, Hashable {
    package let high: UInt64
    package let low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }
}
