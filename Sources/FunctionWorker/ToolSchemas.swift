import CloudFunctions
import JSONSchemas
import Synchronization
import Values

/// The schemas that arguments of agents' tools are checked against. Each is made when its tool is first called.
final class ToolSchemas: Sendable {
    private enum Known {
        /// The function is not a tool, or its types cannot be described.
        case none
        case schema(JSONObject)
    }

    private let known = Mutex<[Int: Known]>([:])

    /// Checks a call's arguments if the function is a tool.
    ///
    /// - Parameters:
    ///   - areText: whether the values came as text (a query or a form), which is read according to the schema.
    ///   - index: the function's place in the plugin.
    /// - Throws: ``ToolArgumentError`` with everything that does not fit.
    func check(
        _ arguments: JSONObject, areText: Bool, of function: __ExposedFunction, at index: Int,
        in context: FunctionContext
    ) async throws {
        guard let schema = await schema(of: function, at: index, in: context) else { return }
        var violations = JSONSchema.violations(of: .object(arguments), against: schema)
        if areText, !violations.isEmpty {
            violations = JSONSchema.violations(of: .object(Self.parsed(arguments, violations)), against: schema)
        }
        guard violations.isEmpty else { throw ToolArgumentError(violations: violations) }
    }

    /// Returns the arguments, with texts that violate the schema parsed as JSON.
    private static func parsed(_ arguments: JSONObject, _ violations: [SchemaViolation]) -> JSONObject {
        var arguments = arguments
        for violation in violations {
            guard let text = arguments[violation.path]?.string, let value = try? JSONValue(parsing: text) else {
                continue
            }
            arguments[violation.path] = value
        }
        return arguments
    }

    private func schema(
        of function: __ExposedFunction, at index: Int, in context: FunctionContext
    ) async -> JSONObject? {
        if let known = known.withLock({ $0[index] }) {
            guard case .schema(let schema) = known else { return nil }
            return schema
        }
        let describer = FunctionDescriber(function)
        let schema = describer.isTool ? try? await describer.input(in: context) : nil
        known.withLock { $0[index] = schema.map(Known.schema) ?? Known.none }
        return schema
    }
}

/// An error for a tool's arguments that violate its schema.
struct ToolArgumentError: Error {
    let violations: [SchemaViolation]

    /// All violations, as a sentence.
    var message: String {
        violations.map { $0.path.isEmpty ? "The arguments: \($0.message)" : "Argument '\($0.path)' \($0.message)" }
            .joined(separator: "; ")
    }
}
