/// A decoder that creates Swift values from JSON values.
///
/// An integral number, written as `1` or `1.0`, decodes as any integer type that it fits, and any number decodes as
/// `Double` or `Float`. Nothing else is coerced. `Date` decodes from ISO 8601 text, either of a day alone or of a
/// time with an offset from UTC; `Data` from base64 text; `URL` and `UUID` from text; `Decimal` from a number or its
/// text. A missing member and `null` decode as nil.
public struct ValueDecoder: Sendable {
    /// Creates a decoder.
    public init() {}

    /// Decodes a value of the given type.
    /// - Throws: `DecodingError`, whose `valuePath` and `valueMessage` locate and describe the problem, or any error
    ///   that the type itself throws.
    public func decode<T: Decodable>(_ type: T.Type, from value: JSONValue) throws -> T {
        try ScalarDecoding.decode(
            type, from: value, path: [], decoding: ValueDecoding(value, parent: nil, key: nil))
    }
}
