/// Encodes Swift values as JSON values.
///
/// Members keep the order in which a type encodes them. `Date` becomes ISO 8601 text in UTC, with milliseconds unless
/// they are zero; `Data` base64 text; `URL` its absolute text; `UUID` its text; `Decimal` an integer or else the
/// nearest double. Integers beyond `Int64` become `bigInteger`.
public struct ValueEncoder: Sendable {
    /// Creates an encoder.
    public init() {}

    /// The value as a JSON value.
    /// - Throws: `EncodingError` for numbers that are not finite, dates outside the years 0 to 9999 and more than 1,000
    ///   containers inside one another, or what the value itself throws.
    public func encode(_ value: some Encodable) throws -> JSONValue {
        try ValueEncoding.encode(value, parent: nil, key: StepKey.name(""))
    }

    /// The value as compact JSON text in UTF-8.
    /// - Throws: as `encode(_:)`.
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
