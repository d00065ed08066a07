import Values

extension SchemaValidator {
    /// Records the violations of a list and its elements.
    mutating func check(_ elements: [JSONValue], _ schema: JSONObject, at place: SchemaPlace) {
        let count = Int64(elements.count)
        if let least = schema["minItems"]?.integer, count < least {
            note(place, "must have \(SchemaWording.atLeast(least, "element")), not \(count)")
        }
        if let most = schema["maxItems"]?.integer, count > most {
            note(place, "must have \(SchemaWording.atMost(most, "element")), not \(count)")
        }
        if schema["uniqueItems"] == .bool(true) { checkUnique(elements, at: place) }
        let prefix = schema["prefixItems"]?.array ?? []
        for (index, (element, schema)) in zip(elements, prefix).enumerated() {
            check(element, against: schema, at: place.element(index))
        }
        guard let items = schema["items"] else { return }
        for index in elements.indices.dropFirst(prefix.count) {
            guard violations.count < Self.limit else { return }
            check(elements[index], against: items, at: place.element(index))
        }
    }

    private mutating func checkUnique(_ elements: [JSONValue], at place: SchemaPlace) {
        var met: Set<JSONValue> = []
        for element in elements where !met.insert(element.canonical).inserted {
            return note(place, "must not hold \(SchemaWording.text(element)) more than once")
        }
    }

    /// Records the violations of an object and its members.
    mutating func check(_ object: JSONObject, _ schema: JSONObject, at place: SchemaPlace) {
        let properties = schema["properties"]?.object ?? [:]
        for name in schema["required"]?.array ?? [] {
            guard let name = name.string, object[name] == nil else { continue }
            note(place.member(name), "is missing")
        }
        for (name, value) in object {
            if let names = schema["propertyNames"] { checkName(name, names, at: place) }
            if let schema = properties[name] {
                check(value, against: schema, at: place.member(name))
            } else if let others = schema["additionalProperties"] {
                if others == .bool(false) {
                    note(place, "'\(SchemaWording.cut(name))' is not a property that is taken")
                } else {
                    check(value, against: others, at: place.member(name))
                }
            }
        }
    }

    private mutating func checkName(_ name: String, _ schema: JSONValue, at place: SchemaPlace) {
        guard let violation = outcome(of: .string(name), schema, at: place).first else { return }
        note(place, "has the property '\(SchemaWording.cut(name))', whose name \(violation.message)")
    }
}
