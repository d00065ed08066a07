package import JSONSchemas
import Values

/// Notes what parameters a function has, by letting its call ask for arguments and ending it before it begins.
package final class ParameterNotes: Sendable {
    /// How a default value is written, as `@Exposed` tells it.
    package enum DefaultKind: String, Sendable {
        /// As a literal, whose value is the same each time.
        case literal
        /// As a member of the type, such as `.fast`, which may be an enum's case.
        case member
    }

    /// What `@Exposed` wrote of a parameter.
    package struct Known: Sendable {
        package var documentation: String?
        /// Nil for a default value that only the author's code knows, and for none.
        package var defaultKind: DefaultKind?

        package init(documentation: String?, defaultKind: DefaultKind?) {
            self.documentation = documentation
            self.defaultKind = defaultKind
        }
    }

    private let known: [String: Known]
    // One call uses this, which asks for its arguments one after the other.
    nonisolated(unsafe) private var noted: [SchemaParameter] = []
    nonisolated(unsafe) private var takesAll = false
    nonisolated(unsafe) private var count = 0

    /// Ends the call once its last parameter is noted.
    package struct Complete: Error {}

    /// - Parameter known: the function's parameters, one at least.
    package init(_ known: [String: Known]) {
        self.known = known
    }

    /// The parameters in their order, without the one that takes all arguments.
    package var parameters: [SchemaParameter] { unsafe noted }
    /// Whether a parameter takes all arguments.
    package var takesAllArguments: Bool { unsafe takesAll }

    /// Notes a parameter; the answer is some value of its type.
    ///
    /// - Throws: ``Complete`` for the last one, ``SchemaProblem``.
    func note<Value: Decodable>(_ name: String, as type: Value.Type) throws -> Value {
        if Value.self == Arguments.self, let all = Arguments(values: [:]) as? Value {
            unsafe takesAll = true
            try endIfComplete()
            return all
        }
        try add(SchemaParameter(name: name, type: type, hasDefault: false, documentation: known[name]?.documentation))
        return try JSONSchema.sample(of: type)
    }

    /// Notes a parameter with a default value.
    func note<Value: Decodable>(
        _ name: String, as type: Value.Type, default defaultValue: () throws -> Value
    ) throws -> Value {
        let isKnown =
            switch known[name]?.defaultKind {
            case .literal: true
            // Any other member may be another each time, as `.now` is.
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
