extension JSONValue: CustomStringConvertible {
    /// The value as compact JSON text, in which numbers may be `Infinity`, `-Infinity` or `NaN`.
    public var description: String {
        (try? nonFiniteJSONBytes()).map { String(decoding: $0, as: UTF8.self) } ?? "a value without JSON form"
    }
}

extension JSONObject: CustomStringConvertible {
    /// The object as compact JSON text, in which numbers may be `Infinity`, `-Infinity` or `NaN`.
    public var description: String { JSONValue.object(self).description }
}
