import FoundationEssentials

/// The decoding of types that need no container: numbers, strings, Booleans and the Foundation types that are written
/// as one of them.
///
/// Types are compared one by one, which costs a fraction of a cast or of `T.init(from:)`. Only the functions
/// themselves are generic over the type: asking the runtime for the metadata of, say, an `Optional<T>` costs more
/// than the decoding.
package enum ScalarDecoding {
    /// Decodes a scalar, or lets the type decode itself if it is not a scalar type.
    /// - Parameters:
    ///   - path: the path to the value, for errors.
    ///   - decoding: the value as a decoder, for types that are not scalars.
    @inline(__always)
    static func decode<T: Decodable>(
        _ type: T.Type, from value: JSONValue, path: @autoclosure () -> [any CodingKey],
        decoding: @autoclosure () -> ValueDecoding
    ) throws -> T {
        if T.self == String.self {
            if case .string(let string) = value { return same(string) }
        } else if T.self == Int.self {
            if let integer: Int = integer(value) { return same(integer) }
        } else if T.self == Double.self {
            if let double = double(value) { return same(double) }
        } else if T.self == Bool.self {
            if case .bool(let bool) = value { return same(bool) }
        } else if T.self == JSONValue.self {
            return same(value)
        } else if let scalar = RareScalar(type) {
            if let decoded = decode(scalar, from: value, as: type) { return decoded }
        } else {
            return try T(from: decoding())
        }
        throw mismatch(type, value, at: path())
    }

    private static func decode<T>(_ scalar: RareScalar, from value: JSONValue, as type: T.Type) -> T? {
        switch scalar {
        case .object: value.object.map { same($0) }
        case .int64: (integer(value) as Int64?).map { same($0) }
        case .int32: (integer(value) as Int32?).map { same($0) }
        case .int16: (integer(value) as Int16?).map { same($0) }
        case .int8: (integer(value) as Int8?).map { same($0) }
        case .uint: (integer(value) as UInt?).map { same($0) }
        case .uint64: (integer(value) as UInt64?).map { same($0) }
        case .uint32: (integer(value) as UInt32?).map { same($0) }
        case .uint16: (integer(value) as UInt16?).map { same($0) }
        case .uint8: (integer(value) as UInt8?).map { same($0) }
        case .int128: (integer(value) as Int128?).map { same($0) }
        case .uint128: (integer(value) as UInt128?).map { same($0) }
        case .float: float(value).map { same($0) }
        case .date: value.string.flatMap(ISO8601.date).map { same($0) }
        case .data: value.string.flatMap { Data(base64Encoded: $0) }.map { same($0) }
        case .uuid: value.string.flatMap { UUID(uuidString: $0) }.map { same($0) }
        case .url: value.string.flatMap { URL(string: $0) }.map { same($0) }
        case .decimal: decimal(value).map { same($0) }
        }
    }

    /// Returns the scalar as a value of type `T`, which the caller has checked to be its type.
    @inline(__always)
    private static func same<Scalar, T>(_ scalar: Scalar) -> T { unsafe unsafeBitCast(scalar, to: T.self) }

    // MARK: - Numbers

    @inline(__always)
    private static func integer<Integer: FixedWidthInteger>(_ value: JSONValue) -> Integer? {
        switch value {
        case .integer(let integer): Integer(exactly: integer)
        case .double(let double): Integer(exactly: double)
        case .bigInteger(let digits): Integer(digits)
        default: nil
        }
    }

    @inline(__always)
    private static func double(_ value: JSONValue) -> Double? {
        guard let double = value.double, double.isFinite || !isBigInteger(value) else { return nil }
        return double
    }

    private static func float(_ value: JSONValue) -> Float? {
        guard let double = double(value) else { return nil }
        let float = Float(double)
        return float.isInfinite && double.isFinite ? nil : float
    }

    private static func isBigInteger(_ value: JSONValue) -> Bool {
        if case .bigInteger = value { true } else { false }
    }

    /// Converts from the number's text, so that 0.1 is exactly one tenth.
    private static func decimal(_ value: JSONValue) -> Decimal? {
        switch value {
        case .integer(let integer): return Decimal(integer)
        case .bigInteger(let digits): return Decimal(string: digits)
        case .double(let double): return double.isFinite ? Decimal(string: double.description) : nil
        case .string(let text):
            // `Decimal(string:)` itself ignores what follows the number.
            guard let number = try? JSONValue(parsing: text) else { return nil }
            switch number {
            case .integer, .bigInteger, .double: return Decimal(string: text)
            default: return nil
            }
        default: return nil
        }
    }
}
