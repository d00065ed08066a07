import Values

/// A validator that compares a value with a schema.
///
/// Each comparison has its own validator. The parts of a schema are checked in the order in which people would check
/// them: the type first, and nothing else if the type is wrong.
struct SchemaValidator {
    /// The greatest number of violations that are reported.
    static let limit = 100

    let root: JSONObject
    private(set) var violations: [SchemaViolation] = []
    /// The number of schemas that may still be examined. Schemas that refer to one another may branch without end.
    private var budget = 0
    /// The number of comparisons that are nested in one another.
    private var level = 0
    /// The limit of `level`, which is enough for values as deep as JSON is read, and low enough for the stack.
    private static let levelLimit = 8_000
    var patterns: [String: Regex<AnyRegexOutput>?] = [:]

    init(root: JSONObject) { self.root = root }

    /// Returns the violations of the schema by a value.
    func violations(of value: JSONValue) -> [SchemaViolation] {
        var validator = self
        validator.budget = 20_000 + 50 * value.nodeCount
        validator.check(value, against: .object(root), at: SchemaPlace())
        return validator.violations
    }

    /// Records a violation.
    mutating func note(_ place: SchemaPlace, _ message: String) {
        guard violations.count < Self.limit else { return }
        violations.append(SchemaViolation(path: place.text, message: message))
    }

    /// Records violations that a separate comparison found.
    mutating func append(_ found: [SchemaViolation]) { violations += found.prefix(Self.limit - violations.count) }

    /// Returns the violations of a schema by a value, without recording them.
    mutating func outcome(of value: JSONValue, _ schema: JSONValue, at place: SchemaPlace) -> [SchemaViolation] {
        let noted = violations
        violations = []
        defer { violations = noted }
        check(value, against: schema, at: place)
        return violations
    }

    /// Records the violations of a schema by a value.
    mutating func check(_ value: JSONValue, against schema: JSONValue, at place: SchemaPlace) {
        budget -= 1
        guard budget > 0, level < Self.levelLimit, violations.count < Self.limit else { return }
        level += 1
        defer { level -= 1 }
        if schema == .bool(false) { return note(place, "is not taken") }
        guard case .object(let schema) = schema else { return }
        if let reference = schema["$ref"]?.string { follow(reference, value, at: place) }
        guard checkType(value, schema, at: place), checkChoice(value, schema, at: place) else { return }
        switch value {
        case .string(let text): check(text, schema, at: place)
        case .integer, .bigInteger, .double: checkNumber(value, schema, at: place)
        case .array(let elements): check(elements, schema, at: place)
        case .object(let object): check(object, schema, at: place)
        case .null, .bool: break
        }
        checkCombinations(value, schema, at: place)
    }

    /// Follows a reference. References from one to another at the same value end where they began.
    private mutating func follow(_ reference: String, _ value: JSONValue, at place: SchemaPlace) {
        guard let place = place.following(reference), let schema = target(of: reference) else { return }
        check(value, against: schema, at: place)
    }

    private func target(of reference: String) -> JSONValue? {
        guard reference.hasPrefix("#") else { return nil }
        var target = JSONValue.object(root)
        for step in reference.dropFirst().split(separator: "/") {
            let name = String(step.replacing("~1", with: "/").replacing("~0", with: "~"))
            guard let next = target[name] else { return nil }
            target = next
        }
        return target
    }
}

extension JSONValue {
    /// The number of values that make up this one.
    fileprivate var nodeCount: Int {
        switch self {
        case .array(let elements): elements.reduce(1) { $0 + $1.nodeCount }
        case .object(let object): object.reduce(1) { $0 + $1.value.nodeCount }
        default: 1
        }
    }
}
