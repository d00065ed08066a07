import Values

extension JSONValue: BSONRepresentable {
    var bsonValue: BSONValue { get throws(NotRepresentable) { try BSONValue(json: self) } }
    init?(bsonValue: BSONValue) { self = bsonValue.json }
}

extension JSONObject: BSONRepresentable {
    var bsonValue: BSONValue { get throws(NotRepresentable) { .document(try BSONDocument(json: self)) } }

    init?(bsonValue: BSONValue) {
        guard let document = bsonValue.document else { return nil }
        self = document.json
    }

    static var bsonDescription: String? { "a document" }
}

extension BSONValue: BSONRepresentable {
    var bsonValue: BSONValue { self }
    init?(bsonValue: BSONValue) { self = bsonValue }
}

extension BSONDocument: BSONRepresentable {
    var bsonValue: BSONValue { .document(self) }

    init?(bsonValue: BSONValue) {
        guard let document = bsonValue.document else { return nil }
        self = document
    }

    static var bsonDescription: String? { "a document" }
}

extension ObjectID: BSONRepresentable {
    var bsonValue: BSONValue { .objectID(self) }

    init?(bsonValue: BSONValue) {
        guard let id = bsonValue.objectID else { return nil }
        self = id
    }

    static var bsonDescription: String? { "an object id" }
}

extension BSONBinary: BSONRepresentable {
    var bsonValue: BSONValue { .binary(self) }

    init?(bsonValue: BSONValue) {
        guard case .binary(let binary) = bsonValue else { return nil }
        self = binary
    }

    static var bsonDescription: String? { "bytes" }
}

extension BSONRegex: BSONRepresentable {
    var bsonValue: BSONValue { .regex(self) }

    init?(bsonValue: BSONValue) {
        guard case .regex(let regex) = bsonValue else { return nil }
        self = regex
    }

    static var bsonDescription: String? { "a regular expression" }
}

extension BSONTimestamp: BSONRepresentable {
    var bsonValue: BSONValue { .timestamp(self) }

    init?(bsonValue: BSONValue) {
        guard case .timestamp(let timestamp) = bsonValue else { return nil }
        self = timestamp
    }

    static var bsonDescription: String? { "a timestamp" }
}

extension Decimal128: BSONRepresentable {
    var bsonValue: BSONValue { .decimal128(self) }

    init?(bsonValue: BSONValue) {
        guard case .decimal128(let number) = bsonValue else { return nil }
        self = number
    }

    static var bsonDescription: String? { "a decimal number" }
}
