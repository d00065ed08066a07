/// A recorder of the requests of one run at one level: that of the type itself, or that of a container inside it.
final class Recorder {
    let run: Run
    private let depth: Int
    /// The path from the type to this container, such as `branch`.
    private let path: String
    private var own = Notes()
    /// The recorders of the containers inside this one, by name or position.
    private var nested: [(name: String?, position: Int, recorder: Recorder)] = []

    init(_ run: Run, depth: Int = 0, path: String = "") {
        self.run = run
        self.depth = depth
        self.path = path
    }

    /// The notes, including those of the containers inside this one.
    var notes: Notes {
        var notes = own
        for (name, position, recorder) in nested {
            let shape = recorder.notes.shape
            if let name {
                notes[name].shapes.append(shape)
            } else {
                notes.elements[position] = shape
            }
        }
        return notes
    }

    /// The shape of the enum case that existed: an object with only that member.
    var caseShape: Shape {
        let name = run.keys?.name ?? ""
        let nothing = Shape.members(ObjectShape())
        let shape = notes.members[name].map(\.shape) ?? nothing
        let property = ObjectShape.Property(name: name, shape: shape == .any ? nothing : shape, value: .required)
        return .members(ObjectShape(properties: [property], isClosed: true))
    }

    private func makeNested(_ name: String?) throws -> Recorder {
        try run.countStep()
        guard nested.count < Run.questionLimit else { throw Self.endOfContainer }
        guard depth < TypeDescriber.depthLimit else { throw run.tooDeep() }
        let recorder = Recorder(run, depth: depth + 1, path: path(to: name ?? "[]"))
        nested.append((name, own.elements.count - 1, recorder))
        return recorder
    }

    private func path(to name: String) -> String {
        path.isEmpty || name == "[]" ? path + name : path + "." + name
    }

    // MARK: - Members

    func beginMembers() { own.isKeyed = true }

    /// Records a member that is decoded or encoded, and its type.
    func member(
        _ name: String, _ type: any Any.Type, isOptional: Bool = false, sample: Any? = nil
    ) throws(SchemaProblem) {
        try run.countStep()
        if isOptional { own[name].isOptional = true }
        do throws(SchemaProblem) {
            add(try run.shape(of: type, under: path(to: name == own.anyName ? "[]" : name), sample: sample), to: name)
        } catch {
            add(.any, to: name)
            throw error
        }
    }

    func nullMember(_ name: String) { add(.null, to: name) }

    private func add(_ shape: Shape, to name: String) {
        if !own[name].shapes.contains(shape) { own[name].shapes.append(shape) }
    }

    func isThere(_ name: String) -> Bool {
        own[name].isAskedFor = true
        return run.trial.isThere && run.mayGoOn()
    }

    func isNull(_ name: String) -> Bool {
        own[name].mayBeNull = true
        return !run.trial.isThere || !run.mayGoOn()
    }

    /// Returns the keys that exist. For an enum, this is the key whose turn it is; for keys that cannot be listed, it
    /// is one key that stands for all.
    func keys<Key: CodingKey>(_ type: Key.Type) -> [Key] {
        if let known = EnumerationCases.all(of: type) { return depth == 0 ? run.chosenKey(among: known) : known }
        let any = Key(stringValue: "key") ?? Key(stringValue: "1")
        own.anyName = any?.stringValue
        guard let any, run.trial.count > 0 else { return [] }
        return [any]
    }

    /// Creates the recorder of a container that is the member with the given name.
    func nestedMember(_ name: String) throws -> Recorder {
        if own.members[name] == nil { own[name] = Notes.Member() }
        return try makeNested(name)
    }

    // MARK: - Elements

    func beginList() { own.isList = true }

    var elementCount: Int { own.elements.count }

    /// Records an element that is decoded or encoded, and its type.
    func element(_ type: any Any.Type, sample: Any? = nil) throws {
        try run.countStep()
        try checkEnd()
        own.elements.append(.any)
        own.elements[own.elements.count - 1] = try run.shape(of: type, under: path(to: "[]"), sample: sample)
    }

    func nullElement() { own.elements.append(.null) }

    func askEnd() { own.isOpenEnded = true }

    func isNullElement() -> Bool {
        own.hasNullElements = true
        return !run.trial.isThere || !run.mayGoOn()
    }

    /// Creates the recorder of a container that is the next element.
    func nestedElement() throws -> Recorder {
        try checkEnd()
        own.elements.append(.any)
        return try makeNested(nil)
    }

    private func checkEnd() throws {
        guard own.elements.count < Run.questionLimit else { throw Self.endOfContainer }
    }

    private static var endOfContainer: DecodingError {
        .dataCorrupted(.init(codingPath: [], debugDescription: "the container is at its end"))
    }

    // MARK: - The whole value

    /// Records that the whole value is decoded or encoded as a value of the given type.
    func whole(_ type: any Any.Type, sample: Any? = nil) throws {
        try run.countStep()
        try run.accept(type)
        own.whole.append(try run.shape(of: type, sample: sample))
    }

    func wholeNull() { own.wholeMayBeNull = true }

    func isWholeNull() -> Bool {
        own.wholeMayBeNull = true
        return !run.trial.isThere
    }
}
