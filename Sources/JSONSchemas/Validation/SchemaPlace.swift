import Values

/// A place in the value that is compared, and the references that led to the schema there.
///
/// Places share their common parts, because most places are never reported.
final class SchemaPlace {
    private let container: SchemaPlace?
    private let step: StepKey?
    private let references: [String]

    /// Creates the place of the whole value.
    convenience init() { self.init(nil, nil, []) }

    private init(_ container: SchemaPlace?, _ step: StepKey?, _ references: [String]) {
        self.container = container
        self.step = step
        self.references = references
    }

    /// The written form, such as `points[2].x`.
    var text: String {
        var steps: [StepKey] = []
        var place: SchemaPlace? = self
        while let current = place {
            if let step = current.step { steps.append(step) }
            place = current.container
        }
        return ValuePath.text(steps.reversed())
    }

    /// Returns the place of a member.
    func member(_ name: String) -> SchemaPlace { SchemaPlace(self, .name(name), []) }

    /// Returns the place of an element.
    func element(_ index: Int) -> SchemaPlace { SchemaPlace(self, .index(index), []) }

    /// Returns the same place after a reference, or nil if the reference has been followed here before.
    func following(_ reference: String) -> SchemaPlace? {
        references.contains(reference) ? nil : SchemaPlace(container, step, references + [reference])
    }
}
