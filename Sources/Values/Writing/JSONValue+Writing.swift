extension JSONValue {
    /// The value as compact JSON text in UTF-8, such as `{"a":1,"b":[1,2]}`, members in their order.
    ///
    /// Doubles are written as the shortest text that reads back as the same double.
    /// - Throws: `JSONWritingError` for not a number and the infinities, a `bigInteger` that is no integer, and more
    ///   than 1,000 containers inside one another.
    public func jsonBytes() throws(JSONWritingError) -> [UInt8] {
        var writer = JSONWriter()
        try writer.write(self)
        return writer.array
    }

    /// The value as bytes that are JSON but for numbers which JSON cannot hold: `Infinity`, `-Infinity`, `NaN`.
    ///
    /// - Throws: as `jsonBytes()` for all else.
    package func nonFiniteJSONBytes() throws(JSONWritingError) -> [UInt8] {
        var writer = JSONWriter()
        writer.writesNonFinite = true
        try writer.write(self)
        return writer.array
    }

    /// The value as compact JSON text.
    /// - Throws: as `jsonBytes()`.
    public func jsonString() throws(JSONWritingError) -> String {
        var writer = JSONWriter()
        try writer.write(self)
        return writer.text
    }

    /// Appends the value as compact JSON text in UTF-8.
    /// - Throws: as `jsonBytes()`; then the bytes are as they were.
    public func write(into bytes: inout [UInt8]) throws(JSONWritingError) {
        var writer = JSONWriter()
        try writer.write(self)
        unsafe writer.bytes.withBytes { unsafe bytes.append(contentsOf: $0) }
    }

    /// The value as JSON text for people: a line for each member and element, indented by two spaces a level.
    /// - Throws: as `jsonBytes()`.
    public func prettyJSONString() throws(JSONWritingError) -> String {
        var writer = JSONWriter()
        writer.isPretty = true
        try writer.write(self)
        return writer.text
    }
}
