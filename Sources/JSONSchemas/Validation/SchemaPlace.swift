import Values

/// Where in the value a comparison is, and by which references it came to the schema there.
///
/// Places share what they have in common, as most of them are never told.
final class SchemaPlace {
    private let container: SchemaPlace?
    private let step: StepKey?
    private let references: [String]

    /// The place of the whole value.
    convenience init() { self.init(nil, nil, []) }

    private init(_ container: SchemaPlace?, _ step: StepKey?, _ references: [String]) {
        self.container = container
        self.step = step
        self.references = references
    }

    /// The written form: `points[2].x`.
    var text: String {
        var steps: [StepKey] = []
        var place: SchemaPlace? = self
        while let current = place {
            if let step = current.step { steps.append(step) }
            place = current.container
        }
        return ValuePath.text(steps.reversed())
    }

    /// The place of a member.
    func member(_ name: String) -> SchemaPlace { SchemaPlace(self, .name(name), []) }

    /// The place of an element.
    func element(_ index: Int) -> SchemaPlace { SchemaPlace(self, .index(index), []) }

    /// The same place by way of a reference, nil when it has been followed here before.
    func following(_ reference: String) -> SchemaPlace? {
        references.contains(reference) ? nil : SchemaPlace(container, step, references + [reference])
    }
}
