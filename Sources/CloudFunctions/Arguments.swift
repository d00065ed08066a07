/// All arguments of a call, for a function that accepts any arguments.
///
/// ```swift
/// @Exposed
/// func echo(_ context: FunctionContext, everything: Arguments) -> JSONObject { everything.values }
/// ```
public struct Arguments: Sendable, Codable {
    /// The arguments by name, in the order in which the caller sent them.
    public var values: JSONObject

    /// Creates arguments from their values.
    public init(values: JSONObject) {
        self.values = values
    }

    public init(from decoder: any Decoder) throws {
        values = try JSONObject(from: decoder)
    }

    public func encode(to encoder: any Encoder) throws {
        try values.encode(to: encoder)
    }

    /// The argument with the given name, or nil if the caller did not send it.
    public subscript(name: String) -> JSONValue? { values[name] }
}
