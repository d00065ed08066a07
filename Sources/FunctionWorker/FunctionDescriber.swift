import CloudFunctions
import FunctionContracts
import JSONSchemas
import Values

/// A describer of a function, which makes the schemas of its parameters and result from their types.
struct FunctionDescriber {
    private let function: __ExposedFunction
    private let record: PluginRecord?

    init(_ function: __ExposedFunction) {
        self.function = function
        record = try? PluginRecord(JSONValue(parsing: "\(function.metadata)"))
    }

    /// Whether agents may use the function as a tool.
    var isTool: Bool { record?.tool != nil }

    /// Returns the schemas, with an issue for each one that cannot be made.
    func schemas(in context: FunctionContext) async -> FunctionSchemas {
        var schemas = FunctionSchemas()
        do {
            schemas.input = try await input(in: context)
        } catch {
            schemas.issues.append(
                .init("input_schema_generation_error", "\((error as? SchemaProblem)?.message ?? "\(error)")"))
        }
        if let given = record?.tool?.outputSchema {
            schemas.output = given
            return schemas
        }
        do throws(SchemaProblem) {
            schemas.output = try JSONSchema.output(of: function.result)
        } catch {
            schemas.issues.append(.init("output_schema_generation_error", error.message))
        }
        return schemas
    }

    /// Returns the schema that a tool's arguments are checked against: its author's or, if there is none, that of its
    /// parameters.
    ///
    /// - Throws: ``SchemaProblem`` for types that cannot be described.
    func input(in context: FunctionContext) async throws -> JSONObject {
        if let given = record?.tool?.inputSchema { return given }
        var known: [String: ParameterNotes.Known] = [:]
        for parameter in record?.parameters ?? [] {
            known[parameter.name] = ParameterNotes.Known(
                documentation: parameter.documentation,
                defaultKind: parameter.defaultKind.flatMap(ParameterNotes.DefaultKind.init))
        }
        let notes = ParameterNotes(known)
        if !known.isEmpty {
            do {
                _ = try await function.call(__FunctionCall(context: context, notes: notes))
                throw DescribingFailed()
            } catch is ParameterNotes.Complete {
                // The call has asked for all arguments, which happens before the function itself runs.
            }
        }
        var schema = try JSONSchema.input(of: notes.parameters)
        if notes.takesAllArguments { schema["additionalProperties"] = true }
        return schema
    }
}

/// An error for a function that ran without asking for its arguments, which the macro rules out.
struct DescribingFailed: Error, CustomStringConvertible {
    let description = "The function ran while it was to be described"
}
