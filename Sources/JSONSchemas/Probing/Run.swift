/// One run of a type's decoding or encoding: what it is given, and what came of it besides notes.
final class Run {
    let type: any Any.Type
    let describer: TypeDescriber
    let trial: Trial
    /// The single values that are refused, to see what else the type accepts.
    private let refused: Set<ObjectIdentifier>
    /// The position of the key that is there, of an enum whose cases hold something.
    private let key: Int?

    /// How many keys an enum has that asked which of them are there, and the name of the one that was.
    private(set) var keys: (count: Int, name: String)?
    /// The largest number of cases of the enums that were decoded.
    private(set) var choiceCount = 0
    /// The type of the single value that was decoded first.
    private(set) var accepted: ObjectIdentifier?
    /// What prevented a value from being made, unless another trial may do better.
    private(set) var problem: SchemaProblem?
    private var questions = 0
    private var stepCount = 0

    /// How often a type is told that there is more.
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

    /// The shape of a type that is decoded or encoded.
    func shape(of type: any Any.Type, under name: String? = nil, sample: Any?) throws(SchemaProblem) -> Shape {
        noteChoice(type)
        do throws(SchemaProblem) {
            guard let name else { return try describer.shape(of: type, sample: sample) }
            return try describer.shape(of: type, under: name, sample: sample)
        } catch {
            throw blame(error)
        }
    }

    /// A value to hand out.
    func sample<T>(of type: T.Type) throws(SchemaProblem) -> T {
        stepCount += 1
        do throws(SchemaProblem) {
            return try describer.sample(of: type, trial, step: stepCount - 1)
        } catch {
            // In another trial the type may do without a value of itself.
            if error.isEndless, describer.isAwaiting(type) { throw error }
            throw blame(error)
        }
    }

    /// Refuses single values of a type in some runs.
    func accept(_ type: any Any.Type) throws(DecodingError) {
        let id = ObjectIdentifier(type)
        guard !refused.contains(id) else {
            throw .typeMismatch(type, .init(codingPath: [], debugDescription: "another type is wanted"))
        }
        if accepted == nil { accepted = id }
    }

    /// The key that is there when the type is an enum that asks for it.
    func chosenKey<Key: CodingKey>(among keys: [Key]) -> [Key] {
        guard TypeKind(type) == .enumeration, !keys.isEmpty else { return keys }
        let chosen = keys[(key ?? 0) % keys.count]
        self.keys = (keys.count, chosen.stringValue)
        return [chosen]
    }

    /// Counts a question whether there is more, and whether it may be answered with yes.
    func mayGoOn() -> Bool {
        questions += 1
        return questions < Self.questionLimit
    }

    /// Counts something that is decoded.
    func countStep() throws(SchemaProblem) {
        do throws(SchemaProblem) {
            try describer.step(type)
        } catch {
            throw blame(error)
        }
    }

    /// The error of a container that is in too many others.
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
