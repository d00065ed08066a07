extension JSONValue {
    /// Whether the value as JSON has more than about the given number of bytes, so that it takes time to write. Stops
    /// counting there.
    package func isLonger(than length: Int) -> Bool {
        var left = length
        return !fits(in: &left)
    }

    /// Subtracts the length of the value, and returns false as soon as nothing is left.
    private func fits(in left: inout Int) -> Bool {
        switch self {
        case .null, .bool, .integer, .double: left -= 5
        case .bigInteger(let digits): left -= digits.utf8.count
        case .string(let text): left -= text.utf8.count + 2
        case .array(let elements):
            for element in elements {
                left -= 1
                guard element.fits(in: &left) else { return false }
            }
        case .object(let members):
            for (key, member) in members {
                left -= key.utf8.count + 4
                guard member.fits(in: &left) else { return false }
            }
        }
        return left >= 0
    }
}
