/// A type that BSON has values of: it is encoded as one and decoded from one, whatever its own coding says.
protocol BSONRepresentable {
    /// The value as BSON.
    ///
    /// - Throws: ``NotRepresentable`` for one that BSON cannot hold.
    var bsonValue: BSONValue { get throws(NotRepresentable) }

    /// Reads the value; nil when it is of another kind, or none that the type can hold.
    init?(bsonValue: BSONValue)

    /// What a message to a person calls the type; nil when it is called as in messages about JSON.
    static var bsonDescription: String? { get }
}

extension BSONRepresentable {
    static var bsonDescription: String? { nil }

    /// The value as a type that the caller found to be this one.
    static func read<T>(_ value: BSONValue, as type: T.Type) -> T? { Self(bsonValue: value) as? T }
}
