/// An encoder that turns Swift values into JSON values.
///
/// Members keep the order in which a type encodes them. `Date` becomes ISO 8601 text in UTC, with milliseconds unless
/// they are zero; `Data` becomes base64 text; `URL` its absolute string; `UUID` its string; `Decimal` an integer or
/// else the nearest double. Integers outside the range of `Int64` become `bigInteger`.
public struct ValueEncoder: Sendable {
    /// Creates an encoder.
    public init() {}

    /// Encodes a value as a JSON value.
    /// - Throws: `EncodingError` for numbers that are not finite, dates outside the years 0 to 9999 and containers
    ///   nested more than 1,000 deep, or any error that the value itself throws.
    public func encode(_ value: some Encodable) throws -> JSONValue {
        try ValueEncoding.encode(value, parent: nil, key: StepKey.name(""))
    }

    /// Encodes a value as compact JSON text in UTF-8.
    /// - Throws: the same errors as `encode(_:)`.
    public func encodeToBytes(_ value: some Encodable) throws -> [UInt8] {
        let encoded = try encode(value)
        do throws(JSONWritingError) {
            return try encoded.jsonBytes()
        } catch {
            throw EncodingError.invalidValue(
                value, EncodingError.Context(codingPath: [], debugDescription: error.description))
        }
    }
}
