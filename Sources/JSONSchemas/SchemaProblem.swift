/// Why a type cannot be described by a schema.
package struct SchemaProblem: Error, Hashable, CustomStringConvertible {
    /// A sentence without full stop that names the type and where it was met, such as `'points[].shape' is of the type
    /// Shape, whose cases cannot be listed: make it CaseIterable`.
    package let message: String
    /// Whether a value could not be made because it would have to hold another one of its type.
    let isEndless: Bool

    package var description: String { message }

    /// The name under which a result comes.
    static let resultName = "output"

    /// Creates a problem of the type that was met at the path: `points`, `[]`, `shape`.
    init(_ type: any Any.Type, at path: [String], _ reason: String, isEndless: Bool = false) {
        var place = ""
        for step in path { place += (place.isEmpty || step.hasPrefix("[") ? "" : ".") + step }
        let subject = place == Self.resultName ? "the result" : "'\(place)'"
        message = "\(subject) is of the type \(type), \(reason)"
        self.isEndless = isEndless
    }
}
