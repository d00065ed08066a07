/// One call on its way into an exposed function; what `@Exposed` expands to reads it.
public struct __FunctionCall: Sendable {
    public let context: FunctionContext
    private let arguments: JSONObject
    /// Whether the values came as text (a query or a form) and are parsed by the parameter's type.
    private let areText: Bool
    /// Where parameters are noted, instead of decoding arguments for them.
    private let notes: ParameterNotes?

    package init(context: FunctionContext, arguments: JSONObject, argumentsAreText: Bool = false) {
        self.context = context
        self.arguments = arguments
        areText = argumentsAreText
        notes = nil
    }

    /// A call that ends before the function begins.
    package init(context: FunctionContext, notes: ParameterNotes) {
        self.context = context
        arguments = [:]
        areText = false
        self.notes = notes
    }

    /// The argument of that name; one that is missing is an error unless nil will do.
    ///
    /// - Throws: ``ArgumentError``.
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

    /// The argument of that name, or its default when it is missing.
    ///
    /// - Throws: ``ArgumentError``.
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

/// An argument that is missing or does not fit its parameter.
package struct ArgumentError: Error, Sendable, CustomStringConvertible {
    /// The argument, and where within it, as in `points[2].x`.
    package let path: String
    /// What is wrong with it, as in `is missing`.
    package let problem: String

    package var description: String { "Argument '\(path)' \(problem)" }
}
