import FoundationEssentials

/// The encoding of types that need no container, the counterpart of `ScalarDecoding`.
enum ScalarEncoding {
    enum Outcome {
        case value(JSONValue)
        /// The type is a scalar type, but this value has no JSON form, for the given reason.
        case refused(String)
        case notScalar
    }

    @inline(__always)
    static func convert<T>(_ value: T) -> Outcome {
        if T.self == String.self { return .value(.string(same(value))) }
        if T.self == Int.self { return .value(.integer(Int64(same(value) as Int))) }
        if T.self == Double.self { return number(same(value)) }
        if T.self == Bool.self { return .value(.bool(same(value))) }
        if T.self == JSONValue.self { return .value(same(value)) }
        return convertRare(value)
    }

    private static func convertRare<T>(_ value: T) -> Outcome {
        guard let scalar = RareScalar(T.self) else { return .notScalar }
        return switch scalar {
        case .object: .value(.object(same(value)))
        case .int64: .value(.integer(same(value)))
        case .int32: integer(same(value) as Int32)
        case .int16: integer(same(value) as Int16)
        case .int8: integer(same(value) as Int8)
        case .uint: integer(same(value) as UInt)
        case .uint64: integer(same(value) as UInt64)
        case .uint32: integer(same(value) as UInt32)
        case .uint16: integer(same(value) as UInt16)
        case .uint8: integer(same(value) as UInt8)
        case .int128: integer(same(value) as Int128)
        case .uint128: integer(same(value) as UInt128)
        case .float: float(same(value))
        case .date: date(same(value))
        case .data: .value(.string((same(value) as Data).base64EncodedString()))
        case .uuid: .value(.string((same(value) as UUID).uuidString))
        case .url: .value(.string((same(value) as URL).absoluteString))
        case .decimal: decimal(same(value))
        }
    }

    /// Returns the value as a `Scalar`, which the caller has checked to be its type.
    @inline(__always)
    private static func same<T, Scalar>(_ value: T) -> Scalar { unsafe unsafeBitCast(value, to: Scalar.self) }

    @inline(__always)
    private static func integer(_ value: some FixedWidthInteger) -> Outcome {
        .value(Int64(exactly: value).map { .integer($0) } ?? .bigInteger(String(value)))
    }

    private static func number(_ value: Double) -> Outcome {
        value.isFinite ? .value(.double(value)) : .refused(JSONWriter.refusal(of: value))
    }

    /// Converts from the float's own shortest text, so that 0.1 stays 0.1.
    private static func float(_ value: Float) -> Outcome {
        guard value.isFinite else { return number(Double(value)) }
        return .value(.double(Double(value.description) ?? Double(value)))
    }

    private static func date(_ value: Date) -> Outcome {
        guard let text = ISO8601.text(value) else {
            return .refused("a date outside the years 0 to 9999 has no JSON form")
        }
        return .value(.string(text))
    }

    private static func decimal(_ value: Decimal) -> Outcome {
        guard value.isFinite, let number = try? JSONValue(parsing: value.description) else {
            return .refused("NaN is not a number that JSON can hold")
        }
        return .value(number)
    }
}
