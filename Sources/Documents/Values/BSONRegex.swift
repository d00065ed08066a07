/// A regular expression in the syntax that MongoDB accepts (PCRE).
public struct BSONRegex: Sendable, Hashable {
    public var pattern: String
    /// The options, as letters such as `i` (ignore case) and `m` (multiple lines), in alphabetical order.
    public var options: String

    public init(_ pattern: String, options: String = "") {
        self.pattern = pattern
        self.options = String(options.sorted())
    }
}
