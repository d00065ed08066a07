import Values

/// A writer of shapes as JSON Schema.
struct ShapeWriter {
    /// The definitions that the shapes refer to, in the order in which they are found.
    private var definitions: [Definition] = []
    private let names: [ObjectIdentifier: String]

    /// Creates a writer for the given shapes and the definitions that they refer to.
    init(_ known: [ObjectIdentifier: Definition], usedIn shapes: [Shape]) {
        var met: Set<ObjectIdentifier> = []
        var open = Array(shapes.flatMap(\.references).reversed())
        while let next = open.popLast() {
            guard let definition = known[next], met.insert(next).inserted else { continue }
            definitions.append(definition)
            open += definition.shape.references.reversed()
        }
        names = DefinitionNames.names(of: definitions.map(\.type))
    }

    /// Returns the schema of an object with the given properties, including the definitions that they refer to.
    func document(_ properties: JSONObject, required: [JSONValue]) -> JSONObject {
        var schema: JSONObject = ["type": "object", "properties": .object(properties)]
        if !required.isEmpty { schema["required"] = .array(required) }
        guard !definitions.isEmpty else { return schema }
        var written = JSONObject()
        for definition in definitions {
            guard let name = names[ObjectIdentifier(definition.type)] else { continue }
            var body = self.schema(definition.shape)
            body["title"] = .string("\(definition.type)")
            written[name] = .object(body)
        }
        schema["$defs"] = .object(written)
        return schema
    }

    /// Returns the schema of a property.
    func property(
        _ name: String, _ shape: Shape, _ value: PropertyValue, description: String?
    ) -> JSONObject {
        var schema = schema(shape)
        if case .defaulting(let value) = value { schema["default"] = value }
        if let description { schema["description"] = .string(description) }
        if !shape.hasOwnTitle { schema["title"] = .string(PropertyTitle.title(of: name)) }
        return JSONObject(schema.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    }

    private func schema(_ shape: Shape) -> JSONObject {
        switch shape {
        case .any: return [:]
        case .null: return ["type": "null"]
        case .scalar(let type, var schema):
            schema["type"] = .string(type)
            return schema
        case .cases(let values): return cases(values)
        case .list(let element, let isUnique):
            var schema: JSONObject = ["items": .object(self.schema(element)), "type": "array"]
            if isUnique { schema["uniqueItems"] = true }
            return schema
        case .tuple(let elements):
            let count = JSONValue.integer(Int64(elements.count))
            var schema: JSONObject = ["maxItems": count, "minItems": count]
            if !elements.isEmpty { schema["prefixItems"] = .array(elements.map { .object(self.schema($0)) }) }
            schema["type"] = "array"
            return schema
        case .map(let value, let names):
            var schema = JSONObject()
            if value != .any { schema["additionalProperties"] = .object(self.schema(value)) }
            if let names { schema["propertyNames"] = ["enum": .array(names.map { .string($0) })] }
            schema["type"] = "object"
            return schema
        case .members(let object): return members(object)
        case .union, .nullable:
            var options = shape.options.map { JSONValue.object(schema($0)) }
            if shape.isNullable { options.append(["type": "null"]) }
            return ["anyOf": .array(options)]
        case .reference(let type):
            guard let name = names[type] else { return [:] }
            return ["$ref": .string("#/$defs/\(name)")]
        }
    }

    private func cases(_ values: [JSONValue]) -> JSONObject {
        var schema: JSONObject = ["enum": .array(values)]
        let types = Set(values.map(typeName))
        if types.count == 1, let type = types.first { schema["type"] = .string(type) }
        return schema
    }

    private func typeName(_ value: JSONValue) -> String {
        switch value {
        case .null: "null"
        case .bool: "boolean"
        case .integer, .bigInteger: "integer"
        case .double: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }

    private func members(_ object: ObjectShape) -> JSONObject {
        var properties = JSONObject()
        var required: [JSONValue] = []
        for property in object.properties {
            let schema = self.property(property.name, property.shape, property.value, description: nil)
            properties[property.name] = .object(schema)
            if property.value == .required { required.append(.string(property.name)) }
        }
        var schema: JSONObject = ["type": "object", "properties": .object(properties)]
        if !required.isEmpty { schema["required"] = .array(required) }
        if let others = object.others {
            schema["additionalProperties"] = .object(self.schema(others))
        } else if object.isClosed {
            schema["additionalProperties"] = false
        }
        return schema
    }
}
