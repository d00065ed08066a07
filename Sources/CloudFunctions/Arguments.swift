/// All arguments of a call, for a function that takes whatever comes.
///
/// ```swift
/// @Exposed
/// func echo(_ context: FunctionContext, everything: Arguments) -> JSONObject { everything.values }
/// ```
public struct Arguments: Sendable, Codable {
    /// The arguments by name, in the order in which they came.
    public var values: JSONObject

    /// Creates arguments of these values.
    public init(values: JSONObject) {
        self.values = values
    }

    public init(from decoder: any Decoder) throws {
        values = try JSONObject(from: decoder)
    }

    public func encode(to encoder: any Encoder) throws {
        try values.encode(to: encoder)
    }

    /// The argument of that name, nil when it was not given.
    public subscript(name: String) -> JSONValue? { values[name] }
}
