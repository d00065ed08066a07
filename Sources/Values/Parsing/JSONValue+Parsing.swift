extension JSONValue {
    /// Parses a JSON text (RFC 8259, UTF-8 without byte order mark).
    ///
    /// A lone surrogate escape becomes U+FFFD; of members with the same key the last value counts; lists and objects
    /// may be nested 1,000 deep.
    /// - Throws: `JSONParsingError` unless the bytes are exactly one value, also for a fraction or power beyond the
    ///   largest double.
    public init(parsing bytes: Span<UInt8>) throws(JSONParsingError) {
        self = try unsafe bytes.withUnsafeBufferPointer { (buffer) throws(JSONParsingError) in
            unsafe try JSONParser(buffer).parse()
        }
    }

    /// Parses what ``nonFiniteJSONBytes()`` writes.
    package init(parsingNonFinite bytes: borrowing Span<UInt8>) throws(JSONParsingError) {
        self = try unsafe bytes.withUnsafeBufferPointer { (buffer) throws(JSONParsingError) in
            unsafe try JSONParser(buffer, takesNonFinite: true).parse()
        }
    }

    /// Parses a JSON text in these bytes.
    public init(parsing bytes: [UInt8]) throws(JSONParsingError) {
        try self.init(parsing: bytes.span)
    }

    /// Parses a JSON text.
    public init(parsing text: String) throws(JSONParsingError) {
        try self.init(parsing: text.utf8.span)
    }

    /// Parses a JSON text in these bytes, which are only read during the call.
    public init(parsing bytes: UnsafeRawBufferPointer) throws(JSONParsingError) {
        self = try unsafe bytes.withMemoryRebound(to: UInt8.self) { (buffer) throws(JSONParsingError) in
            unsafe try JSONParser(buffer).parse()
        }
    }
}
