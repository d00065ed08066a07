/// A natural number of any size that is built digit by digit, in any base, and written in decimal.
struct DecimalMagnitude {
    private static let limit: UInt64 = 1_000_000_000
    private static let digitsPerLimb = 9

    /// Groups of nine decimal digits, the last group first.
    private var limbs: [UInt64] = [0]

    mutating func multiply(by factor: UInt32, adding addend: UInt32) {
        var carry = UInt64(addend)
        for index in limbs.indices {
            let product = limbs[index] * UInt64(factor) + carry
            limbs[index] = product % Self.limit
            carry = product / Self.limit
        }
        if carry > 0 { limbs.append(carry) }
    }
}

extension DecimalMagnitude: CustomStringConvertible {
    var description: String {
        let rest = limbs.dropLast().reversed().map { limb in
            let digits = String(limb)
            return String(repeating: "0", count: Self.digitsPerLimb - digits.utf8.count) + digits
        }
        return String(limbs.last ?? 0) + rest.joined()
    }
}
