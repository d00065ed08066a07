/// The coding is exact with `ValueDecoder` and `ValueEncoder`. Other coders decide what happens to the order of keys,
/// `1.0` and large integers.
extension JSONValue: Codable {
    public init(from decoder: any Decoder) throws {
        if let decoding = decoder as? ValueDecoding {
            self = decoding.value
        } else if let container = try? decoder.container(keyedBy: StepKey.self) {
            self = .object(try JSONObject(members: container))
        } else if var container = try? decoder.unkeyedContainer() {
            var elements: [JSONValue] = []
            while !container.isAtEnd { elements.append(try container.decode(JSONValue.self)) }
            self = .array(elements)
        } else {
            self = try Self.scalar(in: try decoder.singleValueContainer())
        }
    }

    private static func scalar(in container: any SingleValueDecodingContainer) throws -> JSONValue {
        if container.decodeNil() { return .null }
        if let bool = try? container.decode(Bool.self) { return .bool(bool) }
        if let integer = try? container.decode(Int64.self) { return .integer(integer) }
        if let integer = try? container.decode(UInt64.self) { return .bigInteger(String(integer)) }
        if let integer = try? container.decode(Int128.self) { return .bigInteger(String(integer)) }
        if let double = try? container.decode(Double.self) { return .double(double) }
        return .string(try container.decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        if let encoding = encoder as? ValueEncoding { return try encoding.encode(self) }
        switch self {
        case .object(let object): return try object.encode(to: encoder)
        case .array(let elements):
            var container = encoder.unkeyedContainer()
            for element in elements { try container.encode(element) }
        default:
            var container = encoder.singleValueContainer()
            switch self {
            case .bool(let bool): try container.encode(bool)
            case .integer(let integer): try container.encode(integer)
            case .bigInteger(let digits): try Self.encode(digits: digits, in: &container)
            case .double(let double): try container.encode(double)
            case .string(let string): try container.encode(string)
            case .null, .array, .object: try container.encodeNil()
            }
        }
    }

    private static func encode(digits: String, in container: inout any SingleValueEncodingContainer) throws {
        if let integer = UInt64(digits) {
            try container.encode(integer)
        } else if let integer = Int128(digits) {
            try container.encode(integer)
        } else if let double = Double(digits) {
            try container.encode(double)
        } else {
            try container.encode(digits)
        }
    }
}

extension JSONObject: Codable {
    public init(from decoder: any Decoder) throws {
        if let decoding = decoder as? ValueDecoding {
            self = try decoding.decode(JSONObject.self)
        } else {
            try self.init(members: try decoder.container(keyedBy: StepKey.self))
        }
    }

    fileprivate init(members container: KeyedDecodingContainer<StepKey>) throws {
        self.init()
        for key in container.allKeys { self[key.stringValue] = try container.decode(JSONValue.self, forKey: key) }
    }

    public func encode(to encoder: any Encoder) throws {
        if let encoding = encoder as? ValueEncoding { return try encoding.encode(self) }
        var container = encoder.container(keyedBy: StepKey.self)
        for (key, value) in self { try container.encode(value, forKey: .name(key)) }
    }
}
