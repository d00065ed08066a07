import Values

/// A record of the values that a type requests.
struct Notes {
    /// A member that the type requests.
    struct Member {
        var shapes: [Shape] = []
        /// Whether the type checks that the member exists, so that it may be missing.
        var isAskedFor = false
        /// Whether the type checks whether the member is null.
        var mayBeNull = false
        /// Whether the type treats a missing member and null alike.
        var isOptional = false
        /// Whether the type decodes the member only sometimes.
        var isConditional = false

        var shape: Shape {
            let shape = Shape.either(shapes)
            return mayBeNull || isOptional ? shape.orNull : shape
        }

        var value: PropertyValue {
            if isOptional || (isAskedFor && mayBeNull) { return .defaulting(.null) }
            return isAskedFor || isConditional ? .optional : .required
        }
    }

    /// The names of the members, in order.
    private(set) var names: [String] = []
    private(set) var members: [String: Member] = [:]
    /// Whether the type requests members, even if there turn out to be none.
    var isKeyed = false
    /// The name that stands for any name, once the type has asked for the names of all members.
    var anyName: String?

    var isList = false
    /// Whether the type asks for the length or the end of a list. Otherwise the list has as many elements as were
    /// decoded.
    var isOpenEnded = false
    var elements: [Shape] = []
    var hasNullElements = false

    /// The shapes that were decoded as the whole value.
    var whole: [Shape] = []
    var wholeMayBeNull = false

    /// Whether the type requested nothing.
    var isEmpty: Bool { !isKeyed && !isList && whole.isEmpty && !wholeMayBeNull }

    subscript(name: String) -> Member {
        get { members[name] ?? Member() }
        set {
            if members.updateValue(newValue, forKey: name) == nil { names.append(name) }
        }
    }

    // MARK: - The resulting shape

    var shape: Shape {
        if isKeyed { return object }
        if isList { return list }
        guard !whole.isEmpty || wholeMayBeNull else { return .members(ObjectShape()) }
        let shape = whole.isEmpty ? Shape.null : .either(whole)
        return wholeMayBeNull && shape != .null ? shape.orNull : shape
    }

    private var object: Shape {
        var object = ObjectShape()
        for name in names {
            let member = self[name]
            if name == anyName {
                object.others = member.shape
            } else {
                object.properties.append(.init(name: name, shape: member.shape, value: member.value))
            }
        }
        guard object.properties.isEmpty, let anyName else { return .members(object) }
        return .map(members[anyName] == nil ? .any : object.others ?? .any, names: nil)
    }

    private var list: Shape {
        let elements = hasNullElements ? elements.map(\.orNull) : elements
        return isOpenEnded ? .list(.either(elements), isUnique: false) : .tuple(elements)
    }

    // MARK: - Several runs

    /// Takes the notes of the run that succeeded, and for requests that it did not make, those of the runs that
    /// failed before.
    mutating func replace(with notes: Notes) {
        let failed = self
        self = notes
        add(failed: failed)
    }

    /// Adds the requests of another run that succeeded. Members that only one of the runs requested become
    /// conditional.
    mutating func add(succeeded other: Notes) {
        for name in names where other.members[name] == nil { self[name].isConditional = true }
        for name in other.names where other[name].isConditional { self[name].isConditional = true }
        add(failed: other)
    }

    /// Adds the requests that a failed run made and the others did not.
    mutating func add(failed other: Notes) {
        for name in other.names {
            let met = other[name]
            guard var known = members[name] else {
                self[name] = met
                self[name].isConditional = true
                continue
            }
            for shape in met.shapes where !known.shapes.contains(shape) { known.shapes.append(shape) }
            known.isAskedFor = known.isAskedFor || met.isAskedFor
            known.mayBeNull = known.mayBeNull || met.mayBeNull
            known.isOptional = known.isOptional || met.isOptional
            self[name] = known
        }
        isKeyed = isKeyed || other.isKeyed
        anyName = anyName ?? other.anyName
        if elements.isEmpty { elements = other.elements }
        isList = isList || other.isList
        isOpenEnded = isOpenEnded || other.isOpenEnded
        hasNullElements = hasNullElements || other.hasNullElements
        for shape in other.whole where !whole.contains(shape) { whole.append(shape) }
        wholeMayBeNull = wholeMayBeNull || other.wholeMayBeNull
    }
}
