import Testing
import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A text and the value that PyYAML's safe loader reads from it, nil for an error; written by
/// `generate-pyyaml-cases.py`.
struct PyYAMLCase: Sendable, CustomTestStringConvertible {
    let yaml: String
    let expected: JSONValue?

    var testDescription: String { yaml }

    static func all() throws -> [PyYAMLCase] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/pyyaml-cases.json")
        let cases = try #require(JSONValue(parsing: [UInt8](Data(contentsOf: file))).array)
        return try cases.map { one in
            let yaml = try #require(one["yaml"]?.string)
            guard one["error"]?.bool != true else { return PyYAMLCase(yaml: yaml, expected: .none) }
            return PyYAMLCase(yaml: yaml, expected: try #require(one.object?["json"]))
        }
    }
}

extension JSONValue {
    /// The value as a text that shows everything that can differ: the kind, the sign of zero, the bits of a double,
    /// the order of keys.
    var exactText: String {
        switch self {
        case .null: "null"
        case .bool(let bool): "\(bool)"
        case .integer(let integer): "\(integer)"
        case .bigInteger(let digits): "big \(digits)"
        case .double(let double): double.isNaN ? "double nan" : "double \(double)"
        case .string(let string): string.debugDescription
        case .array(let elements): "[\(elements.map(\.exactText).joined(separator: ", "))]"
        case .object(let object):
            if let text = object["$float"]?.string, let double = Double(text) {
                JSONValue.double(double).exactText
            } else {
                "{\(object.map { "\($0.key.debugDescription): \($0.value.exactText)" }.joined(separator: ", "))}"
            }
        }
    }
}
