/// Tells whether a type is an optional, whose missing value is nil.
protocol OptionalValue {
    static var none: Self { get }
}

extension Optional: OptionalValue {}

/// Nil of that type when it is an optional, else nothing.
func missingValue<Value>(_ type: Value.Type) -> Value? {
    guard let optional = type as? any OptionalValue.Type else { return nil }
    return optional.none as? Value
}
