import FoundationEssentials

extension Date: BSONRepresentable {
    var bsonValue: BSONValue { .date(self) }

    init?(bsonValue: BSONValue) {
        guard let date = bsonValue.date else { return nil }
        self = date
    }

    static var bsonDescription: String? { "a date" }
}

extension Data: BSONRepresentable {
    var bsonValue: BSONValue { .binary(BSONBinary([UInt8](self))) }

    /// Creates data from the bytes of any subtype.
    init?(bsonValue: BSONValue) {
        guard case .binary(let binary) = bsonValue else { return nil }
        self.init(binary.bytes)
    }

    static var bsonDescription: String? { "bytes" }
}

extension UUID: BSONRepresentable {
    var bsonValue: BSONValue { .binary(BSONBinary(self)) }

    init?(bsonValue: BSONValue) {
        guard case .binary(let binary) = bsonValue, let uuid = binary.uuid else { return nil }
        self = uuid
    }

    static var bsonDescription: String? { "a UUID" }
}

extension URL: BSONRepresentable {
    var bsonValue: BSONValue { .string(absoluteString) }

    init?(bsonValue: BSONValue) {
        guard let url = bsonValue.string.flatMap({ URL(string: $0) }) else { return nil }
        self = url
    }

    static var bsonDescription: String? { "a URL as text" }
}

extension Decimal: BSONRepresentable {
    var bsonValue: BSONValue {
        get throws(NotRepresentable) {
            guard let number = Decimal128(description) else {
                throw NotRepresentable("\(self) has more than the 34 digits that MongoDB has for a number", value: self)
            }
            return .decimal128(number)
        }
    }

    init?(bsonValue: BSONValue) {
        switch bsonValue {
        case .int32(let number): self.init(number)
        case .int64(let number): self.init(number)
        case .decimal128(let number):
            guard let decimal = number.decimal else { return nil }
            self = decimal
        default: return nil
        }
    }

    static var bsonDescription: String? { "a decimal number or an integer" }
}
