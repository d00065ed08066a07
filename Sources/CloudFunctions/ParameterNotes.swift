package import JSONSchemas
import Values

/// A record of a function's parameters, taken from a call that asks for its arguments and ends before the function
/// begins.
package final class ParameterNotes: Sendable {
    /// The form of a default value, as `@Exposed` reports it.
    package enum DefaultKind: String, Sendable {
        /// A literal, whose value is the same each time.
        case literal
        /// A member of the type, such as `.fast`, which may be an enum's case.
        case member
    }

    /// The facts that `@Exposed` wrote about a parameter.
    package struct Known: Sendable {
        package var documentation: String?
        /// The form of the default value, or nil if there is no default or if only the author's code knows its value.
        package var defaultKind: DefaultKind?

        package init(documentation: String?, defaultKind: DefaultKind?) {
            self.documentation = documentation
            self.defaultKind = defaultKind
        }
    }

    private let known: [String: Known]
    // Only one call uses this, and it asks for its arguments one after the other.
    nonisolated(unsafe) private var noted: [SchemaParameter] = []
    nonisolated(unsafe) private var takesAll = false
    nonisolated(unsafe) private var count = 0

    /// An error that ends the call once its last parameter is noted.
    package struct Complete: Error {}

    /// Creates notes for a function.
    ///
    /// - Parameter known: the function's parameters by name, at least one.
    package init(_ known: [String: Known]) {
        self.known = known
    }

    /// The parameters in order, except for the one that takes all arguments.
    package var parameters: [SchemaParameter] { unsafe noted }
    /// Whether a parameter takes all arguments.
    package var takesAllArguments: Bool { unsafe takesAll }

    /// Notes a parameter and returns a sample value of its type.
    ///
    /// - Throws: ``Complete`` for the last parameter; ``SchemaProblem`` for a type that cannot be described.
    func note<Value: Decodable>(_ name: String, as type: Value.Type) throws -> Value {
        if Value.self == Arguments.self, let all = Arguments(values: [:]) as? Value {
            unsafe takesAll = true
            try endIfComplete()
            return all
        }
        try add(SchemaParameter(name: name, type: type, hasDefault: false, documentation: known[name]?.documentation))
        return try JSONSchema.sample(of: type)
    }

    /// Notes a parameter with a default value and returns that value or, if it is not known, a sample.
    func note<Value: Decodable>(
        _ name: String, as type: Value.Type, default defaultValue: () throws -> Value
    ) throws -> Value {
        let isKnown =
            switch known[name]?.defaultKind {
            case .literal: true
            // A member of any other type may have a different value each time, as `.now` does.
            case .member: Value.self is any CaseIterable.Type
            case nil: false
            }
        let value = isKnown ? try defaultValue() : nil
        let json = (value as? any Encodable).flatMap { try? ValueEncoder().encode($0) }
        try add(
            SchemaParameter(
                name: name, type: type, hasDefault: true, defaultValue: json, documentation: known[name]?.documentation)
        )
        return try value ?? JSONSchema.sample(of: type)
    }

    private func add(_ parameter: SchemaParameter) throws {
        unsafe noted.append(parameter)
        try endIfComplete()
    }

    private func endIfComplete() throws {
        unsafe count += 1
        guard unsafe count < known.count else { throw Complete() }
    }
}
