import Values

extension SchemaValidator {
    /// Returns whether the value is of a required type, and records a violation if it is not.
    mutating func checkType(_ value: JSONValue, _ schema: JSONObject, at place: SchemaPlace) -> Bool {
        let types: [String] =
            switch schema["type"] {
            case .string(let type): [type]
            case .array(let types): types.compactMap(\.string)
            default: []
            }
        let known = types.filter { SchemaWording.types[$0] != nil }
        guard known.count == types.count, !known.isEmpty, !known.contains(where: { value.isOf(type: $0) }) else {
            return true
        }
        note(place, "must be \(SchemaWording.either(known.map(SchemaWording.type))), not \(SchemaWording.text(value))")
        return false
    }

    /// Returns whether the value is one of the listed values, if there are any, and records a violation if it is not.
    mutating func checkChoice(_ value: JSONValue, _ schema: JSONObject, at place: SchemaPlace) -> Bool {
        if let constant = schema["const"], !constant.isSame(as: value) {
            note(place, "must be \(SchemaWording.text(constant)), not \(SchemaWording.text(value))")
            return false
        }
        guard let choices = schema["enum"]?.array, !choices.contains(where: { $0.isSame(as: value) }) else {
            return true
        }
        note(place, "must be \(SchemaWording.list(choices)), not \(SchemaWording.text(value))")
        return false
    }

    /// Records the limits that a number violates.
    mutating func checkNumber(_ value: JSONValue, _ schema: JSONObject, at place: SchemaPlace) {
        let limits: [(keyword: String, words: String, isKept: (JSONValue, JSONValue) -> Bool)] = [
            ("minimum", "must be at least", { !$0.isLess(than: $1) }),
            ("maximum", "must be at most", { !$1.isLess(than: $0) }),
            ("exclusiveMinimum", "must be more than", { $1.isLess(than: $0) }),
            ("exclusiveMaximum", "must be less than", { $0.isLess(than: $1) }),
            ("multipleOf", "must be a multiple of", { $0.isMultiple(of: $1) }),
        ]
        for (keyword, words, isKept) in limits {
            guard let limit = schema[keyword], limit.double != nil, !isKept(value, limit) else { continue }
            note(place, "\(words) \(SchemaWording.text(limit)), not \(SchemaWording.text(value))")
        }
    }
}
