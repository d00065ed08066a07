/// A describer that determines the shape of each type once.
///
/// Types run their own code to decode and encode themselves. If this code crashes or hangs, that cannot be prevented,
/// but the code only gets values of the types that it requests, and only a limited number of them.
final class TypeDescriber {
    /// The greatest depth of nested types. A generic type may contain ever new types without end.
    static let depthLimit = 64
    /// The greatest number of values that may be requested in total.
    private static let stepLimit = 50_000

    /// The types that shapes refer to.
    private(set) var definitions: [ObjectIdentifier: Definition] = [:]
    private var shapes: [ObjectIdentifier: Shape] = [:]
    private var samples: [ObjectIdentifier: Any] = [:]
    /// The types that are being described, the innermost last.
    private var inProgress: [ObjectIdentifier] = []
    /// The types that were found inside themselves.
    private var recursive: Set<ObjectIdentifier> = []
    /// The structs of which a sample is being created field by field.
    private var inAssembly: Set<ObjectIdentifier> = []
    private var path: [String] = []
    private var steps = 0
    /// The limit that was reached. Nothing more is described from then on, even if a type catches the error.
    private var limitation: SchemaProblem?

    /// Returns the shape of a type that occurs under the name of a parameter or property.
    func shape(of type: any Any.Type, under name: String, sample: Any? = nil) throws(SchemaProblem) -> Shape {
        path.append(name)
        defer { path.removeLast() }
        let shape = try shape(of: type, sample: sample)
        if let limitation { throw limitation }
        return shape
    }

    /// Returns the shape of a type.
    /// - Parameter sample: a value of the type, in case it must be encoded and is not known yet.
    func shape(of type: any Any.Type, sample: Any? = nil) throws(SchemaProblem) -> Shape {
        if let scalar = ScalarTypes.shape(of: type) { return scalar }
        let id = ObjectIdentifier(type)
        if let known = shapes[id] { return known }
        if inProgress.contains(id) {
            recursive.insert(id)
            return .reference(id)
        }
        if let container = type as? any ContainerType.Type { return try container.shape(by: self) }
        if let limitation { throw limitation }
        guard inProgress.count < Self.depthLimit else {
            throw limit(type, "which is more than \(Self.depthLimit) types deep")
        }
        inProgress.append(id)
        defer { inProgress.removeLast() }
        var shape = try ownShape(of: type, sample: sample)
        if shape.isNamed || recursive.contains(id) {
            definitions[id] = Definition(type: type, shape: shape)
            shape = .reference(id)
        }
        shapes[id] = shape
        return shape
    }

    private func ownShape(of type: any Any.Type, sample: Any?) throws(SchemaProblem) -> Shape {
        if let cases = try caseShape(of: type) { return cases }
        if let decodable = type as? any Decodable.Type { return try probe(decodable) }
        if let encodable = type as? any Encodable.Type { return try observe(encodable, given: sample) }
        throw problem(type, "which has no JSON form: make it Codable")
    }

    // MARK: - Samples

    /// Returns a value of the type.
    func sample<T>(of type: T.Type, _ trial: Trial, step: Int = 0) throws(SchemaProblem) -> T {
        if let scalar = ScalarTypes.sample(of: type, trial, step: step) { return scalar }
        if let container = type as? any ContainerType.Type {
            func open<C: ContainerType>(_ type: C.Type) -> T? { C.sample(by: self, trial) as? T }
            if let sample = open(container) { return sample }
        }
        if let cases = EnumerationCases.all(of: type), !cases.isEmpty { return cases[trial.choice % cases.count] }
        let id = ObjectIdentifier(type)
        if let known = samples[id] as? T { return known }
        if type is any Decodable.Type {
            if !inProgress.contains(id) { _ = try shape(of: type) }
            if let known = samples[id] as? T { return known }
            throw problem(type, "which holds itself without end", isEndless: true)
        }
        guard inAssembly.count < Self.depthLimit, inAssembly.insert(id).inserted else {
            throw problem(type, "which holds itself without end", isEndless: true)
        }
        defer { inAssembly.remove(id) }
        return try assemble(type, trial)
    }

    /// Returns a value of the type, or nil if none can be created.
    func sampleIfAny<T>(of type: T.Type, _ trial: Trial) -> T? {
        do { return try sample(of: type, trial) } catch { return nil }
    }

    /// Returns whether no sample of the type is available yet because the type is still being described.
    func isAwaiting(_ type: any Any.Type) -> Bool {
        let id = ObjectIdentifier(type)
        return inProgress.contains(id) && samples[id] == nil
    }

    /// Keeps a value of the type as a sample for later requests.
    func keep<T>(_ sample: T) {
        if samples[ObjectIdentifier(T.self)] == nil { samples[ObjectIdentifier(T.self)] = sample }
    }

    // MARK: - Problems

    /// Counts a requested value, and throws an error if there are too many.
    func step(_ type: any Any.Type) throws(SchemaProblem) {
        steps += 1
        guard steps <= Self.stepLimit else { throw limit(type, "which asks for values without end") }
    }

    private func limit(_ type: any Any.Type, _ reason: String) -> SchemaProblem {
        let problem = limitation ?? problem(type, reason)
        limitation = problem
        return problem
    }

    /// Creates a problem with a type at the current path.
    func problem(_ type: any Any.Type, _ reason: String, isEndless: Bool = false) -> SchemaProblem {
        SchemaProblem(type, at: path, reason, isEndless: isEndless)
    }
}

extension Shape {
    /// Whether a type of this shape is listed in the definitions: one with members, even if it has several forms.
    fileprivate var isNamed: Bool {
        switch self {
        case .members: true
        case .union(let shapes): shapes.contains(where: \.isNamed)
        default: false
        }
    }
}
