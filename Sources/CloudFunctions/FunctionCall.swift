/// A call of an exposed function, read by the code that `@Exposed` generates.
public struct __FunctionCall: Sendable {
    public let context: FunctionContext
    /// The bytes that the call reads and writes in pieces, or nil if the function is only described.
    public let streams: __CallStreams?
    private let arguments: JSONObject
    /// Whether the values came as text (a query or a form) and are parsed according to the parameter's type.
    private let areText: Bool
    /// The notes in which parameters are recorded, instead of decoding arguments for them.
    private let notes: ParameterNotes?

    package init(
        context: FunctionContext, arguments: JSONObject, argumentsAreText: Bool = false, streams: __CallStreams? = nil
    ) {
        self.context = context
        self.streams = streams
        self.arguments = arguments
        areText = argumentsAreText
        notes = nil
    }

    /// Creates a call that records the function's parameters and ends before the function begins.
    package init(context: FunctionContext, notes: ParameterNotes) {
        self.context = context
        streams = nil
        arguments = [:]
        areText = false
        self.notes = notes
    }

    /// Returns the argument with the given name, or nil if it is missing and its type is an optional.
    ///
    /// - Throws: ``ArgumentError`` when the argument is missing or does not fit.
    public func argument<Value: Decodable>(_ name: StaticString, as type: Value.Type) throws -> Value {
        if let notes { return try notes.note("\(name)", as: type) }
        if Value.self == Arguments.self, let all = Arguments(values: arguments) as? Value { return all }
        let name = "\(name)"
        guard let value = arguments[name] else {
            if let none = missingValue(Value.self) { return none }
            throw ArgumentError(path: name, problem: "is missing: it takes a value of type \(Value.self)")
        }
        return try decode(value, name)
    }

    /// Returns the argument with the given name, or its default if it is missing.
    ///
    /// - Throws: ``ArgumentError`` when the argument does not fit.
    public func argument<Value: Decodable>(
        _ name: StaticString, as type: Value.Type, default defaultValue: @autoclosure () throws -> Value
    ) throws -> Value {
        let name = "\(name)"
        if let notes { return try notes.note(name, as: type, default: defaultValue) }
        guard let value = arguments[name] else { return try defaultValue() }
        return try decode(value, name)
    }

    private func decode<Value: Decodable>(_ value: JSONValue, _ name: String) throws -> Value {
        do {
            return try ValueDecoder().decode(Value.self, from: value)
        } catch let error as DecodingError {
            if areText, case .string(let text) = value, let parsed = try? JSONValue(parsing: text),
                let decoded = try? ValueDecoder().decode(Value.self, from: parsed)
            {
                return decoded
            }
            let inner = error.valuePath
            throw ArgumentError(
                path: inner.isEmpty || inner.hasPrefix("[") ? name + inner : "\(name).\(inner)",
                problem: error.valueMessage)
        }
    }
}

/// An error for an argument that is missing or does not fit its parameter.
package struct ArgumentError: Error, Sendable, CustomStringConvertible {
    /// The argument and the place within it, as in `points[2].x`.
    package let path: String
    /// A description of the problem, as in `is missing`.
    package let problem: String

    package var description: String { "Argument '\(path)' \(problem)" }
}
