/// A decoder that creates Swift values from MongoDB documents.
///
/// An integral number, stored in 32 bits, in 64 bits or as a double, decodes as any integer type that it fits, and
/// any of these numbers decodes as `Double` or `Float`. Nothing else is coerced. Decimal numbers decode as
/// ``Decimal128`` and `Decimal`, bytes of any subtype as `Data`, and every value as `JSONValue`, in the form of
/// ``BSONValue/json``. A missing field and null decode as nil.
public struct BSONDecoder: Sendable {
    /// Creates a decoder.
    public init() {}

    /// Decodes a value of the given type.
    ///
    /// - Throws: `DecodingError`, whose `valuePath` and `valueMessage` locate and describe the problem, also if the
    ///   type decodes more than 100 nested levels of documents and lists, or any error that the type itself throws.
    public func decode<T: Decodable>(_ type: T.Type, from document: BSONDocument) throws -> T {
        try decodeValue(type, from: .document(document))
    }

    /// Decodes a value of the given type from any BSON value.
    ///
    /// - Throws: the same errors as ``decode(_:from:)``.
    package func decodeValue<T: Decodable>(_ type: T.Type, from value: BSONValue) throws -> T {
        try BSONDecoding(value, parent: nil, key: nil).decode(type)
    }
}

extension BSONDocument {
    /// Decodes the document, as in `try await store.findOneAndDelete(filter)?.decoded(as: Job.self)`.
    ///
    /// - Throws: `DecodingError` for a document of a different shape.
    public func decoded<Value: Decodable>(as type: Value.Type) throws -> Value {
        try BSONDecoder().decode(type, from: self)
    }
}
