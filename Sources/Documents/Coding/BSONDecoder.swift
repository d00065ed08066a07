/// Decodes Swift values from MongoDB documents.
///
/// An integral number, be it stored in 32 bits, 64 bits or as a double, decodes as every integer type that it fits, any
/// of these as `Double` and `Float`; nothing else is coerced. Decimal numbers decode as ``Decimal128`` and `Decimal`,
/// bytes of any subtype as `Data`, and everything as `JSONValue`, as ``BSONValue/json`` says. A missing field and null
/// decode as nil.
public struct BSONDecoder: Sendable {
    /// Creates a decoder.
    public init() {}

    /// Decodes a value of that type.
    ///
    /// - Throws: `DecodingError`, whose `valuePath` and `valueMessage` say what is wrong where, also when the type goes
    ///   more than 100 levels of documents and lists deep, or what the type itself throws.
    public func decode<T: Decodable>(_ type: T.Type, from document: BSONDocument) throws -> T {
        try decodeValue(type, from: .document(document))
    }

    /// Decodes a value of that type from whatever BSON has for it.
    ///
    /// - Throws: as ``decode(_:from:)``.
    package func decodeValue<T: Decodable>(_ type: T.Type, from value: BSONValue) throws -> T {
        try BSONDecoding(value, parent: nil, key: nil).decode(type)
    }
}

extension BSONDocument {
    /// The document decoded, as in `try await store.findOneAndDelete(filter)?.decoded(as: Job.self)`.
    ///
    /// - Throws: `DecodingError` for a document of another shape.
    public func decoded<Value: Decodable>(as type: Value.Type) throws -> Value {
        try BSONDecoder().decode(type, from: self)
    }
}
