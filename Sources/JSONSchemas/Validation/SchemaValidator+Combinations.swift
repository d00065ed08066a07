import Values

extension SchemaValidator {
    /// Records the violations of `allOf`, `anyOf`, `oneOf`, `not` and `if`.
    mutating func checkCombinations(_ value: JSONValue, _ schema: JSONObject, at place: SchemaPlace) {
        for part in schema["allOf"]?.array ?? [] { check(value, against: part, at: place) }
        if let options = schema["anyOf"]?.array { checkOptions(value, options, isExclusive: false, at: place) }
        if let options = schema["oneOf"]?.array { checkOptions(value, options, isExclusive: true, at: place) }
        if let excluded = schema["not"], outcome(of: value, excluded, at: place).isEmpty {
            note(place, "must not be \(SchemaWording.text(value))")
        }
        if let condition = schema["if"] {
            let branch = outcome(of: value, condition, at: place).isEmpty ? schema["then"] : schema["else"]
            if let branch { check(value, against: branch, at: place) }
        }
    }

    private mutating func checkOptions(
        _ value: JSONValue, _ options: [JSONValue], isExclusive: Bool, at place: SchemaPlace
    ) {
        var matches = 0
        var attempts: [Attempt] = []
        for option in options {
            let violations = outcome(of: value, option, at: place)
            if violations.isEmpty {
                matches += 1
                if !isExclusive { return }
            }
            attempts.append(Attempt(option: option, violations: violations))
        }
        if matches == 1 || options.isEmpty { return }
        if matches > 1 { return note(place, "fits more than one of the forms that exclude one another") }
        explain(value, attempts, at: place)
    }

    /// Records the violations of a value that fits none of several schemas, by the schema that is most likely meant.
    private mutating func explain(_ value: JSONValue, _ attempts: [Attempt], at place: SchemaPlace) {
        let tags = attempts.compactMap(\.option.onlyMember)
        if tags.count == attempts.count {
            if let meant = zip(tags, attempts).first(where: { value[$0.0] != nil }) {
                return append(meant.1.violations)
            }
            let words = SchemaWording.either(tags.map { "'\($0)'" })
            return note(place, "must be an object with exactly one of the properties \(words)")
        }
        let text = place.text
        // For an optional value, its violations as a value are more helpful than the fact that it is not null either.
        let meant = attempts.filter { $0.option["type"] != .string("null") }
        let fitting = meant.filter { $0.isOfRightKind(at: text) }
        if let likely = fitting.min(by: { $0.violations.count < $1.violations.count }) {
            return append(likely.violations)
        }
        if let only = meant.first, meant.count == 1 { return append(only.violations) }
        let types = attempts.map { $0.option["type"]?.string ?? ($0.option["$ref"] != nil ? "object" : "") }
        if types.allSatisfy({ SchemaWording.types[$0] != nil }) {
            let words = SchemaWording.either(types.map(SchemaWording.type))
            note(place, "must be \(words), not \(SchemaWording.text(value))")
        } else {
            note(place, "must have one of the forms that are taken, not be \(SchemaWording.text(value))")
        }
    }
}

/// The result of comparing a value with one of several schemas.
private struct Attempt {
    let option: JSONValue
    let violations: [SchemaViolation]

    /// Returns whether all violations are inside the value at the given path, and none is of the value itself.
    func isOfRightKind(at path: String) -> Bool { violations.allSatisfy { $0.path != path } }
}

extension JSONValue {
    /// The name of the property, if this is the schema of an object with exactly one.
    fileprivate var onlyMember: String? {
        guard self["additionalProperties"] == .bool(false), let properties = self["properties"]?.object,
            properties.count == 1, self["required"]?.array?.count == 1
        else { return nil }
        return properties[0].key
    }
}
