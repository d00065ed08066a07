import Values

extension BSONRepresentable where Self: FixedWidthInteger {
    /// The number in 32 bits if it fits, otherwise in 64, as in the Python driver.
    var bsonValue: BSONValue {
        get throws(NotRepresentable) {
            if let number = Int32(exactly: self) { return .int32(number) }
            guard let number = Int64(exactly: self) else { throw .integer(.bigInteger(String(self))) }
            return .int64(number)
        }
    }

    init?(bsonValue: BSONValue) {
        guard let number = bsonValue.integer.flatMap(Self.init(exactly:)) else { return nil }
        self = number
    }
}

extension Int: BSONRepresentable {}
extension Int8: BSONRepresentable {}
extension Int16: BSONRepresentable {}
extension Int32: BSONRepresentable {}
extension Int64: BSONRepresentable {}
extension Int128: BSONRepresentable {}
extension UInt: BSONRepresentable {}
extension UInt8: BSONRepresentable {}
extension UInt16: BSONRepresentable {}
extension UInt32: BSONRepresentable {}
extension UInt64: BSONRepresentable {}
extension UInt128: BSONRepresentable {}

extension Double: BSONRepresentable {
    var bsonValue: BSONValue { .double(self) }

    init?(bsonValue: BSONValue) {
        guard let number = bsonValue.double else { return nil }
        self = number
    }
}

extension Float: BSONRepresentable {
    var bsonValue: BSONValue { .double(Double(self)) }

    init?(bsonValue: BSONValue) {
        guard let number = bsonValue.double else { return nil }
        self = Float(number)
        if isInfinite, number.isFinite { return nil }
    }
}

extension String: BSONRepresentable {
    var bsonValue: BSONValue { .string(self) }

    init?(bsonValue: BSONValue) {
        guard let text = bsonValue.string else { return nil }
        self = text
    }
}

extension Bool: BSONRepresentable {
    var bsonValue: BSONValue { .bool(self) }

    init?(bsonValue: BSONValue) {
        guard let flag = bsonValue.bool else { return nil }
        self = flag
    }
}
