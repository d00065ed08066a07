/// A type of the standard library that is described by its contents.
protocol ContainerType {
    /// Returns the shape of the type's JSON.
    static func shape(by describer: TypeDescriber) throws(SchemaProblem) -> Shape
    /// Returns a value with contents if the trial asks for that and they can be created, or an empty value otherwise.
    static func sample(by describer: TypeDescriber, _ trial: Trial) -> Self
}

extension Optional: ContainerType {
    static func shape(by describer: TypeDescriber) throws(SchemaProblem) -> Shape {
        try describer.shape(of: Wrapped.self).orNull
    }

    static func sample(by describer: TypeDescriber, _ trial: Trial) -> Wrapped? {
        trial.fills ? describer.sampleIfAny(of: Wrapped.self, trial) : nil
    }
}

extension Array: ContainerType {
    static func shape(by describer: TypeDescriber) throws(SchemaProblem) -> Shape {
        .list(try describer.shape(of: Element.self, under: "[]"), isUnique: false)
    }

    static func sample(by describer: TypeDescriber, _ trial: Trial) -> [Element] {
        guard trial.fills, let element = describer.sampleIfAny(of: Element.self, trial) else { return [] }
        return [element]
    }
}

extension ContiguousArray: ContainerType {
    static func shape(by describer: TypeDescriber) throws(SchemaProblem) -> Shape {
        try [Element].shape(by: describer)
    }

    static func sample(by describer: TypeDescriber, _ trial: Trial) -> ContiguousArray<Element> {
        ContiguousArray([Element].sample(by: describer, trial))
    }
}

extension Set: ContainerType {
    static func shape(by describer: TypeDescriber) throws(SchemaProblem) -> Shape {
        .list(try describer.shape(of: Element.self, under: "[]"), isUnique: true)
    }

    static func sample(by describer: TypeDescriber, _ trial: Trial) -> Set<Element> {
        Set([Element].sample(by: describer, trial))
    }
}

extension Dictionary: ContainerType {
    /// Returns the shape of an object if the keys are strings, integers or represented by coding keys. Otherwise
    /// returns that of a list in which keys and values alternate, as in `Codable`.
    static func shape(by describer: TypeDescriber) throws(SchemaProblem) -> Shape {
        let value = try describer.shape(of: Value.self, under: "[]")
        if Key.self == String.self || Key.self == Int.self { return .map(value, names: nil) }
        if Key.self is any CodingKeyRepresentable.Type {
            let names = EnumerationCases.all(of: Key.self)?.compactMap { key in
                (key as? any CodingKeyRepresentable)?.codingKey.stringValue
            }
            return .map(value, names: names)
        }
        let key = try describer.shape(of: Key.self, under: "[]")
        return .list(.either([key, value]), isUnique: false)
    }

    static func sample(by describer: TypeDescriber, _ trial: Trial) -> [Key: Value] {
        guard trial.fills, let key = describer.sampleIfAny(of: Key.self, trial),
            let value = describer.sampleIfAny(of: Value.self, trial)
        else { return [:] }
        return [key: value]
    }
}
