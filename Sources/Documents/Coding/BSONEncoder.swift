/// An encoder that turns Swift values into MongoDB documents.
///
/// Fields keep the order in which a type encodes them. A `Dictionary` has no order, so its fields are sorted by their
/// keys. Integers take 32 bits if they fit, otherwise 64. `Date`, ``ObjectID``, `UUID`, `Data`, `Decimal` and the
/// types of this module have their own BSON values, and `URL` becomes text. A nil property is omitted if its type
/// omits it, as compiler-generated coding does, and is null otherwise.
public struct BSONEncoder: Sendable {
    /// Creates an encoder.
    public init() {}

    /// Encodes a value as a document.
    ///
    /// - Throws: `EncodingError` if the value does not encode itself as a document, or if it contains an integer
    ///   beyond 64 bits, a `Decimal` of more than 34 digits or more than 100 nested levels of documents and lists; or
    ///   any error that the value itself throws.
    public func encode(_ value: some Encodable) throws -> BSONDocument {
        let encoded = try encodeValue(value)
        guard case .document(let document) = encoded else {
            throw NotRepresentable(
                "a document has fields, but \(type(of: value)) encodes itself as \(encoded.kindDescription)"
            ).encodingError(of: value)
        }
        return document
    }

    /// Encodes a value as any BSON value.
    ///
    /// - Throws: the same errors as ``encode(_:)``, except that the value need not be a document.
    package func encodeValue(_ value: some Encodable) throws -> BSONValue {
        try BSONEncoding.encode(value, parent: nil, key: nil)
    }
}

extension BSONValue {
    /// Encodes any value, as in `["_id": ["$in": BSONValue(encoding: ids)]]` and
    /// `["$set": BSONValue(encoding: job)]`.
    ///
    /// - Throws: the same `EncodingError` as ``BSONEncoder/encode(_:)``, except that the value need not be a
    ///   document.
    public init(encoding value: some Encodable) throws { self = try BSONEncoder().encodeValue(value) }
}
