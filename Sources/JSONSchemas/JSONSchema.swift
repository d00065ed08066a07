package import Values

/// JSON Schemas of Swift types, in the form in which pydantic 2 writes them, and what a value violates of one.
///
/// A schema stands on how a type decodes itself: `Decodable` types are run on made-up values and their questions are
/// noted. Only result types that are merely `Encodable` are run on made-up values of their own instead.
package enum JSONSchema {
    /// The schema of an object that holds a value for each parameter.
    ///
    /// A parameter with a default, and an optional one, is not required. Types with members stand once in `$defs`.
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

    /// The schema of an object whose member `output` is a result of that type, nil for a function without a result.
    /// - Throws: `SchemaProblem` for a type that cannot be described.
    package static func output(of type: (any Any.Type)?) throws(SchemaProblem) -> JSONObject {
        let describer = TypeDescriber()
        let name = SchemaProblem.resultName
        let shape = if let type { try describer.shape(of: type, under: name) } else { Shape.null }
        let writer = ShapeWriter(describer.definitions, usedIn: [shape])
        let property = writer.property(name, shape, .required, description: nil)
        return writer.document([name: .object(property)], required: [.string(name)])
    }

    /// Some value of a type, as its own code makes it of made-up values.
    ///
    /// - Throws: `SchemaProblem` for a type that cannot be described.
    package static func sample<Value: Decodable>(of type: Value.Type) throws(SchemaProblem) -> Value {
        try TypeDescriber().sample(of: type, Trial.all[0])
    }

    /// What the value violates of the schema, in the order of the value; empty when it conforms.
    ///
    /// Keywords that are not known, references that lead nowhere and patterns that are none are passed over. At most
    /// 100 violations are told, and a schema that branches without end is not followed to its end.
    package static func violations(of value: JSONValue, against schema: JSONObject) -> [SchemaViolation] {
        SchemaValidator(root: schema).violations(of: value)
    }
}

extension PropertyValue {
    /// What is known about a parameter's value when none is given; a missing optional one is nil.
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
