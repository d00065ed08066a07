import Values

/// A key of a mapping: its value, its text in JSON, and its identity.
struct MappingKey {
    /// A value that equal keys have in common. Numbers and Boolean values are compared as numbers.
    enum Identity: Hashable {
        case null
        case integer(Int64)
        case digits(String)
        case double(Double)
        case notANumber
        case text(String)
    }

    let value: JSONValue
    let text: String
    let identity: Identity

    init(text: String) {
        value = .string(text)
        self.text = text
        identity = .text(text)
    }

    /// Creates the key with the given value, or returns nil for a list or an object.
    init?(_ value: JSONValue) {
        self.value = value
        switch value {
        case .null: (text, identity) = ("null", .null)
        case .bool(let bool): (text, identity) = (bool ? "true" : "false", .integer(bool ? 1 : 0))
        case .integer(let integer): (text, identity) = ("\(integer)", .integer(integer))
        case .bigInteger(let digits): (text, identity) = (digits, .digits(digits))
        case .double(let double):
            text = PythonFloat.text(of: double)
            identity =
                if let integer = Int64(exactly: double) {
                    .integer(integer)
                } else {
                    double.isNaN ? .notANumber : .double(double)
                }
        case .string(let string): (text, identity) = (string, .text(string))
        case .array, .object: return nil
        }
    }
}
