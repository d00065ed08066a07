extension Span where Element == UInt8 {
    /// Returns the little-endian number at the given byte offset. The caller must have checked that it lies within
    /// the span.
    package func littleEndian<Number: FixedWidthInteger>(at offset: Int, as type: Number.Type) -> Number {
        var number: Number = 0
        for index in 0..<(Number.bitWidth / 8) {
            number |= Number(truncatingIfNeeded: self[offset + index]) << Number(index * 8)
        }
        return number
    }
}

extension [UInt8] {
    /// Appends a number in little endian.
    package mutating func append(littleEndian number: some FixedWidthInteger) {
        for index in 0..<(number.bitWidth / 8) {
            append(UInt8(truncatingIfNeeded: number >> (index * 8)))
        }
    }
}
