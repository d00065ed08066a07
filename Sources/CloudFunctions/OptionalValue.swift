/// A type whose missing value is nil: an optional.
protocol OptionalValue {
    static var none: Self { get }
}

extension Optional: OptionalValue {}

/// Returns the missing value of an optional type, or nil if the type is not an optional.
func missingValue<Value>(_ type: Value.Type) -> Value? {
    guard let optional = type as? any OptionalValue.Type else { return nil }
    return optional.none as? Value
}
