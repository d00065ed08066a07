/// A coding key for the steps of a path for which no type has its own key.
package enum StepKey: CodingKey {
    case name(String)
    case index(Int)

    package init?(stringValue: String) { self = .name(stringValue) }
    package init?(intValue: Int) { self = .index(intValue) }

    package var stringValue: String {
        switch self {
        case .name(let name): name
        case .index(let index): "Index \(index)"
        }
    }

    package var intValue: Int? {
        if case .index(let index) = self { index } else { nil }
    }
}

extension ValuePath {
    /// Returns the text of a coding path from any coder, such as `points[2].x`.
    ///
    /// Other coders name the keys of elements `Index 2`. An `Int` key of a dictionary also has an `intValue`, but it
    /// is a name.
    package static func text(_ path: [any CodingKey]) -> String {
        text(
            path.map { key in
                if let index = key.intValue, key is StepKey || key.stringValue == "Index \(index)" {
                    return .index(index)
                }
                return .key(key.stringValue)
            })
    }
}
