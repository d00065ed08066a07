package import Values

/// JSON Schemas of Swift types, in the form that pydantic 2 writes, and the validation of values against them.
///
/// A schema is based on how a type decodes itself: `Decodable` types are run on made-up values, and their requests
/// are recorded. Only result types that are merely `Encodable` encode made-up values of their own instead.
package enum JSONSchema {
    /// Returns the schema of an object that contains a value for each parameter.
    ///
    /// Parameters that are optional or have a default are not required. Types with members are listed once, in
    /// `$defs`.
    /// - Throws: `SchemaProblem` for a type that cannot be described.
    package static func input(of parameters: [SchemaParameter]) throws(SchemaProblem) -> JSONObject {
        let describer = TypeDescriber()
        var members: [(name: String, shape: Shape, value: PropertyValue)] = []
        for parameter in parameters {
            let shape = try describer.shape(of: parameter.type, under: parameter.name)
            members.append((parameter.name, shape, PropertyValue(of: parameter, shape: shape)))
        }
        let writer = ShapeWriter(describer.definitions, usedIn: members.map(\.shape))
        var properties = JSONObject()
        var required: [JSONValue] = []
        for (parameter, member) in zip(parameters, members) {
            let schema = writer.property(
                member.name, member.shape, member.value, description: parameter.documentation)
            properties[member.name] = .object(schema)
            if member.value == .required { required.append(.string(member.name)) }
        }
        return writer.document(properties, required: required)
    }

    /// Returns the schema of an object whose member `output` is a function's result.
    ///
    /// - Parameter type: the type of the result, or nil for a function without a result.
    /// - Throws: `SchemaProblem` for a type that cannot be described.
    package static func output(of type: (any Any.Type)?) throws(SchemaProblem) -> JSONObject {
        let describer = TypeDescriber()
        let name = SchemaProblem.resultName
        let shape = if let type { try describer.shape(of: type, under: name) } else { Shape.null }
        let writer = ShapeWriter(describer.definitions, usedIn: [shape])
        let property = writer.property(name, shape, .required, description: nil)
        return writer.document([name: .object(property)], required: [.string(name)])
    }

    /// Returns a value of a type, as its own code creates it from made-up values.
    ///
    /// - Throws: `SchemaProblem` for a type that cannot be described.
    package static func sample<Value: Decodable>(of type: Value.Type) throws(SchemaProblem) -> Value {
        try TypeDescriber().sample(of: type, Trial.all[0])
    }

    /// Returns the violations of a schema by a value, in the order of the value. The list is empty if the value
    /// conforms.
    ///
    /// Unknown keywords, references that lead nowhere and invalid patterns are ignored. At most 100 violations are
    /// reported, and a schema that branches without end is not followed to its end.
    package static func violations(of value: JSONValue, against schema: JSONObject) -> [SchemaViolation] {
        SchemaValidator(root: schema).violations(of: value)
    }
}

extension PropertyValue {
    /// Determines the value of a parameter for which the caller gives none. A missing optional parameter is nil.
    fileprivate init(of parameter: SchemaParameter, shape: Shape) {
        if !parameter.hasDefault {
            self = shape.isNullable ? .defaulting(.null) : .required
        } else if let value = parameter.defaultValue {
            self = .defaulting(value)
        } else {
            self = .optional
        }
    }
}
