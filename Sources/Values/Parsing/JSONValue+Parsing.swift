extension JSONValue {
    /// Parses a JSON text (RFC 8259, UTF-8 without a byte order mark).
    ///
    /// The escape of a lone surrogate becomes U+FFFD. If an object repeats a key, its last value counts. Lists and
    /// objects may be nested 1,000 deep.
    /// - Throws: `JSONParsingError` if the bytes are not exactly one value, or if a number with a fraction or an
    ///   exponent is beyond the largest double.
    public init(parsing bytes: Span<UInt8>) throws(JSONParsingError) {
        self = try unsafe bytes.withUnsafeBufferPointer { (buffer) throws(JSONParsingError) in
            unsafe try JSONParser(buffer).parse()
        }
    }

    /// Parses the output of ``nonFiniteJSONBytes()``.
    package init(parsingNonFinite bytes: borrowing Span<UInt8>) throws(JSONParsingError) {
        self = try unsafe bytes.withUnsafeBufferPointer { (buffer) throws(JSONParsingError) in
            unsafe try JSONParser(buffer, takesNonFinite: true).parse()
        }
    }

    /// Parses a JSON text in the given bytes.
    public init(parsing bytes: [UInt8]) throws(JSONParsingError) {
        try self.init(parsing: bytes.span)
    }

    /// Parses a JSON text.
    public init(parsing text: String) throws(JSONParsingError) {
        try self.init(parsing: text.utf8.span)
    }

    /// Parses a JSON text in the given bytes, which are read only during the call.
    public init(parsing bytes: UnsafeRawBufferPointer) throws(JSONParsingError) {
        self = try unsafe bytes.withMemoryRebound(to: UInt8.self) { (buffer) throws(JSONParsingError) in
            unsafe try JSONParser(buffer).parse()
        }
    }
}
