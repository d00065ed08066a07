/// One run of a type's decoding or encoding: its input, and its results apart from the notes.
final class Run {
    let type: any Any.Type
    let describer: TypeDescriber
    let trial: Trial
    /// The types of the single values that are rejected, to see what else the type accepts.
    private let refused: Set<ObjectIdentifier>
    /// The position of the key that exists, for an enum with associated values.
    private let key: Int?

    /// The number of keys of an enum that asked for its keys, and the name of the key that existed.
    private(set) var keys: (count: Int, name: String)?
    /// The largest number of cases among the enums that were decoded.
    private(set) var choiceCount = 0
    /// The type of the single value that was decoded first.
    private(set) var accepted: ObjectIdentifier?
    /// The problem that prevented a value from being created, unless another trial may succeed.
    private(set) var problem: SchemaProblem?
    private var questions = 0
    private var stepCount = 0

    /// The greatest number of times that a type is told that there is more.
    static let questionLimit = 256

    init(
        _ type: any Any.Type, _ describer: TypeDescriber, _ trial: Trial, refusing refused: Set<ObjectIdentifier> = [],
        key: Int? = nil
    ) {
        self.type = type
        self.describer = describer
        self.trial = trial
        self.refused = refused
        self.key = key
    }

    /// Returns the shape of a type that is decoded or encoded.
    func shape(of type: any Any.Type, under name: String? = nil, sample: Any?) throws(SchemaProblem) -> Shape {
        noteChoice(type)
        do throws(SchemaProblem) {
            guard let name else { return try describer.shape(of: type, sample: sample) }
            return try describer.shape(of: type, under: name, sample: sample)
        } catch {
            throw blame(error)
        }
    }

    /// Returns a value to supply to the type.
    func sample<T>(of type: T.Type) throws(SchemaProblem) -> T {
        stepCount += 1
        do throws(SchemaProblem) {
            return try describer.sample(of: type, trial, step: stepCount - 1)
        } catch {
            // In another trial, the type may not need a value of itself.
            if error.isEndless, describer.isAwaiting(type) { throw error }
            throw blame(error)
        }
    }

    /// Accepts a single value of a type, or throws an error if this run rejects the type.
    func accept(_ type: any Any.Type) throws(DecodingError) {
        let id = ObjectIdentifier(type)
        guard !refused.contains(id) else {
            throw .typeMismatch(type, .init(codingPath: [], debugDescription: "another type is wanted"))
        }
        if accepted == nil { accepted = id }
    }

    /// Returns the key that exists if the described type is an enum, or all keys otherwise.
    func chosenKey<Key: CodingKey>(among keys: [Key]) -> [Key] {
        guard TypeKind(type) == .enumeration, !keys.isEmpty else { return keys }
        let chosen = keys[(key ?? 0) % keys.count]
        self.keys = (keys.count, chosen.stringValue)
        return [chosen]
    }

    /// Counts a question about whether there is more, and returns whether the answer may be yes.
    func mayGoOn() -> Bool {
        questions += 1
        return questions < Self.questionLimit
    }

    /// Counts a value that is decoded or encoded.
    func countStep() throws(SchemaProblem) {
        do throws(SchemaProblem) {
            try describer.step(type)
        } catch {
            throw blame(error)
        }
    }

    /// Returns the error for a container that is nested too deep.
    func tooDeep() -> SchemaProblem {
        blame(describer.problem(type, "which has containers more than \(TypeDescriber.depthLimit) deep"))
    }

    private func blame(_ problem: SchemaProblem) -> SchemaProblem {
        self.problem = self.problem ?? problem
        return problem
    }

    private func noteChoice(_ type: any Any.Type) {
        guard TypeKind(type) == .enumeration else { return }
        func open<T>(_ type: T.Type) -> Int { EnumerationCases.all(of: type)?.count ?? 0 }
        choiceCount = max(choiceCount, open(type))
    }
}
