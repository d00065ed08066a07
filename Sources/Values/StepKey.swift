/// A coding key for steps that no type has a key of its own for.
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
    /// The text of a coding path of any coder: `points[2].x`.
    ///
    /// Foreign coders call the keys of elements `Index 2`; a dictionary's key of `Int` also has an `intValue` but is a
    /// name.
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
