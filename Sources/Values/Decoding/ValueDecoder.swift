/// Decodes Swift values from JSON values.
///
/// An integral number, be it written `1` or `1.0`, decodes as every integer type that it fits, any number as `Double`
/// and `Float`; nothing else is coerced. `Date` decodes from ISO 8601 text with an offset or of a day alone, `Data`
/// from base64 text, `URL` and `UUID` from text, `Decimal` from a number or its text. A missing member and `null`
/// decode as nil.
public struct ValueDecoder: Sendable {
    /// Creates a decoder.
    public init() {}

    /// Decodes a value of that type.
    /// - Throws: `DecodingError`, whose `valuePath` and `valueMessage` say what is wrong where, or what the type itself
    ///   throws.
    public func decode<T: Decodable>(_ type: T.Type, from value: JSONValue) throws -> T {
        try ScalarDecoding.decode(
            type, from: value, path: [], decoding: ValueDecoding(value, parent: nil, key: nil))
    }
}
