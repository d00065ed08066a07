import Values

extension JSONValue {
    /// Returns whether the value is of a type of JSON Schema. A number without a fraction is an integer, however it
    /// is written.
    func isOf(type: String) -> Bool {
        switch (type, self) {
        case ("null", .null), ("boolean", .bool), ("string", .string), ("array", .array), ("object", .object): true
        case ("number", .integer), ("number", .bigInteger), ("number", .double): true
        case ("integer", .integer), ("integer", .bigInteger): true
        case ("integer", .double(let double)): double.isFinite && double == double.rounded()
        default: false
        }
    }

    /// Returns whether both values are the same in JSON Schema, where 1 and 1.0 are one number.
    func isSame(as other: JSONValue) -> Bool { self == other || canonical == other.canonical }

    /// The value with all integral numbers written as integers.
    var canonical: JSONValue {
        switch self {
        case .double(let double): Int64(exactly: double).map { .integer($0) } ?? self
        case .array(let elements): .array(elements.map(\.canonical))
        case .object(let object): .object(JSONObject(object.lazy.map { ($0.key, $0.value.canonical) }))
        case .null, .bool, .integer, .bigInteger, .string: self
        }
    }

    /// Returns whether this number is less than the other. Integers of up to 64 bits are compared exactly.
    func isLess(than other: JSONValue) -> Bool {
        if case .integer(let left) = self, case .integer(let right) = other { return left < right }
        guard let left = double, let right = other.double else { return false }
        return left < right
    }

    /// Returns whether this number is a multiple of the other, apart from rounding. If the other is 0 or less,
    /// returns true.
    func isMultiple(of other: JSONValue) -> Bool {
        if let left = integer, let right = other.integer { return right <= 0 || left % right == 0 }
        guard let left = double, let right = other.double, right > 0, left.isFinite else { return true }
        let quotient = left / right
        return !quotient.isFinite || abs(quotient - quotient.rounded()) <= 1e-9 * max(1, abs(quotient))
    }
}
