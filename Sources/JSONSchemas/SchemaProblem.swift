/// The reason that a type cannot be described by a schema.
package struct SchemaProblem: Error, Hashable, CustomStringConvertible {
    /// A sentence without a full stop that names the type and the place where it was found.
    ///
    /// An example is `'points[].shape' is of the type Shape, whose cases cannot be listed: make it CaseIterable`.
    package let message: String
    /// Whether a value could not be created because it would have to contain another one of its type.
    let isEndless: Bool

    package var description: String { message }

    /// The name of a function's result.
    static let resultName = "output"

    /// Creates a problem with a type that was found at a path such as `points`, `[]`, `shape`.
    init(_ type: any Any.Type, at path: [String], _ reason: String, isEndless: Bool = false) {
        var place = ""
        for step in path { place += (place.isEmpty || step.hasPrefix("[") ? "" : ".") + step }
        let subject = place == Self.resultName ? "the result" : "'\(place)'"
        message = "\(subject) is of the type \(type), \(reason)"
        self.isEndless = isEndless
    }
}
