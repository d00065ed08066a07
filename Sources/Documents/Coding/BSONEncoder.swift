/// Encodes Swift values as MongoDB documents.
///
/// Fields keep the order in which a type encodes them; those of a `Dictionary`, which has none, are sorted by their keys. Integers take 32 bits where they fit, else 64. `Date`,
/// ``ObjectID``, `UUID`, `Data` and `Decimal` have BSON values of their own, as have the types of this module; `URL`
/// becomes text. Nil is left out where a type leaves it out, as those with a compiler-made coding do, and else null.
public struct BSONEncoder: Sendable {
    /// Creates an encoder.
    public init() {}

    /// The value as a document.
    ///
    /// - Throws: `EncodingError` when the value is no document at its top, holds an integer beyond 64 bits, a `Decimal`
    ///   beyond 34 digits or more than 100 levels of documents and lists, or what the value itself throws.
    public func encode(_ value: some Encodable) throws -> BSONDocument {
        let encoded = try encodeValue(value)
        guard case .document(let document) = encoded else {
            throw NotRepresentable(
                "a document has fields, but \(type(of: value)) encodes itself as \(encoded.kindDescription)"
            ).encodingError(of: value)
        }
        return document
    }

    /// The value as whatever BSON has for it.
    ///
    /// - Throws: as ``encode(_:)``, except that the value need not be a document.
    package func encodeValue(_ value: some Encodable) throws -> BSONValue {
        try BSONEncoding.encode(value, parent: nil, key: nil)
    }
}

extension BSONValue {
    /// Any value as BSON, as in `["_id": ["$in": BSONValue(encoding: ids)]]` and `["$set": BSONValue(encoding: job)]`.
    ///
    /// - Throws: `EncodingError` as ``BSONEncoder/encode(_:)``, except that the value need not be a document.
    public init(encoding value: some Encodable) throws { self = try BSONEncoder().encodeValue(value) }
}
