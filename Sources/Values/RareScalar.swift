import FoundationEssentials

/// The types that are written as one JSON value, except the most frequent ones.
enum RareScalar {
    case object, int64, int32, int16, int8, uint, uint64, uint32, uint16, uint8, int128, uint128, float
    case date, data, uuid, url, decimal

    /// Creates the scalar that a type stands for, or returns nil if the type is a frequent one or not a scalar type.
    init?(_ type: any Any.Type) {
        switch ObjectIdentifier(type) {
        case ObjectIdentifier(JSONObject.self): self = .object
        case ObjectIdentifier(Int64.self): self = .int64
        case ObjectIdentifier(Int32.self): self = .int32
        case ObjectIdentifier(Int16.self): self = .int16
        case ObjectIdentifier(Int8.self): self = .int8
        case ObjectIdentifier(UInt.self): self = .uint
        case ObjectIdentifier(UInt64.self): self = .uint64
        case ObjectIdentifier(UInt32.self): self = .uint32
        case ObjectIdentifier(UInt16.self): self = .uint16
        case ObjectIdentifier(UInt8.self): self = .uint8
        case ObjectIdentifier(Int128.self): self = .int128
        case ObjectIdentifier(UInt128.self): self = .uint128
        case ObjectIdentifier(Float.self): self = .float
        case ObjectIdentifier(Date.self): self = .date
        case ObjectIdentifier(Data.self): self = .data
        case ObjectIdentifier(UUID.self): self = .uuid
        case ObjectIdentifier(URL.self): self = .url
        case ObjectIdentifier(Decimal.self): self = .decimal
        default: return nil
        }
    }
}
