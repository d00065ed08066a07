/// A regular expression as MongoDB takes it (PCRE).
public struct BSONRegex: Sendable, Hashable {
    public var pattern: String
    /// Letters such as `i` (ignore case) and `m` (lines), in alphabetical order.
    public var options: String

    public init(_ pattern: String, options: String = "") {
        self.pattern = pattern
        self.options = String(options.sorted())
    }
}
