extension JSONValue {
    /// Returns the value as compact JSON text in UTF-8, such as `{"a":1,"b":[1,2]}`, with members in their order.
    ///
    /// A double is written as the shortest text that reads back as the same double.
    /// - Throws: `JSONWritingError` for NaN and the infinities, for a `bigInteger` that is not an integer, and for
    ///   containers nested more than 1,000 deep.
    public func jsonBytes() throws(JSONWritingError) -> [UInt8] {
        var writer = JSONWriter()
        try writer.write(self)
        return writer.array
    }

    /// Returns the value as JSON bytes, except that numbers may be `Infinity`, `-Infinity` or `NaN`, which JSON
    /// cannot hold.
    ///
    /// - Throws: the other errors of `jsonBytes()`.
    package func nonFiniteJSONBytes() throws(JSONWritingError) -> [UInt8] {
        var writer = JSONWriter()
        writer.writesNonFinite = true
        try writer.write(self)
        return writer.array
    }

    /// Returns the value as compact JSON text.
    /// - Throws: the same errors as `jsonBytes()`.
    public func jsonString() throws(JSONWritingError) -> String {
        var writer = JSONWriter()
        try writer.write(self)
        return writer.text
    }

    /// Appends the value as compact JSON text in UTF-8.
    /// - Throws: the same errors as `jsonBytes()`. The bytes are then unchanged.
    public func write(into bytes: inout [UInt8]) throws(JSONWritingError) {
        var writer = JSONWriter()
        try writer.write(self)
        unsafe writer.bytes.withBytes { unsafe bytes.append(contentsOf: $0) }
    }

    /// Returns the value as JSON text for people: one line for each member and element, indented by two spaces per
    /// level.
    /// - Throws: the same errors as `jsonBytes()`.
    public func prettyJSONString() throws(JSONWritingError) -> String {
        var writer = JSONWriter()
        writer.isPretty = true
        try writer.write(self)
        return writer.text
    }
}
