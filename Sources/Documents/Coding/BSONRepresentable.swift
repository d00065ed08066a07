/// A type that has its own BSON values. It is encoded as one and decoded from one, regardless of its own coding.
protocol BSONRepresentable {
    /// The value as BSON.
    ///
    /// - Throws: ``NotRepresentable`` for a value that BSON cannot hold.
    var bsonValue: BSONValue { get throws(NotRepresentable) }

    /// Creates an instance from a BSON value, or returns nil if the value is of another kind or does not fit.
    init?(bsonValue: BSONValue)

    /// The name of the type in messages, or nil if it is the same as in messages about JSON.
    static var bsonDescription: String? { get }
}

extension BSONRepresentable {
    static var bsonDescription: String? { nil }

    /// Reads a value as `type`, which the caller has checked to be this type.
    static func read<T>(_ value: BSONValue, as type: T.Type) -> T? { Self(bsonValue: value) as? T }
}
