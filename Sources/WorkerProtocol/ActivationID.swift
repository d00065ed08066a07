import Synchronization

/// The identity of one activation: 128 random bits, written as 32 hexadecimal digits.
package struct ActivationID: Hashable, Sendable {
    package let high: UInt64
    package let low: UInt64
    /// The identity of no activation.
    package static let none = ActivationID(high: 0, low: 0)

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Decodes an identity.
    ///
    /// - Throws: ``ProtocolError/truncated`` unless there are 16 bytes.
    package init(decoding bytes: borrowing Span<UInt8>) throws(ProtocolError) {
        guard bytes.count == 16 else { throw .truncated }
        high = bytes.littleEndian(at: 0, as: UInt64.self)
        low = bytes.littleEndian(at: 8, as: UInt64.self)
    }

    /// Reads an identity from its 32 hexadecimal digits.
    ///
    /// - Returns: nil for any other text.
    package init?(_ text: String) {
        guard text.utf8.count == 32, text.utf8.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }),
            let high = UInt64(text.prefix(16), radix: 16), let low = UInt64(text.suffix(16), radix: 16)
        else { return nil }
        self.init(high: high, low: low)
    }

    /// Creates a new identity. It is not a secret, because each identity can be computed from the one before.
    ///
    /// Only the first identity of a process takes random bits from the system. Each further one is a step of
    /// SplitMix64 (Steele, Lea and Flood, 2014) from there, and neither half repeats a value within 2^64 steps.
    package static func random() -> ActivationID {
        let step = count.wrappingAdd(1, ordering: .relaxed).newValue &* 0x9E37_79B9_7F4A_7C15
        return ActivationID(high: mixed(first.high &+ step), low: mixed(first.low &+ step))
    }

    private static let first = (high: UInt64.random(in: 0 ... .max), low: UInt64.random(in: 0 ... .max))
    private static let count = Atomic<UInt64>(0)

    private static func mixed(_ bits: UInt64) -> UInt64 {
        var bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
        return bits ^ bits >> 31
    }
}

extension ActivationID: CustomStringConvertible {
    /// The identity as 32 lowercase hexadecimal digits.
    package var description: String {
        unsafe String(unsafeUninitializedCapacity: 32) { buffer in
            for index in 0..<32 {
                let word = index < 16 ? high : low
                let digit = UInt8(truncatingIfNeeded: word >> UInt64(60 - 4 * (index % 16))) & 15
                unsafe buffer[index] = digit < 10 ? 48 + digit : 87 + digit
            }
            return 32
        }
    }
}
