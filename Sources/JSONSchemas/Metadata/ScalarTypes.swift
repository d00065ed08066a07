import FoundationEssentials
import Values

/// The types that are known to be one JSON value and need not be observed.
enum ScalarTypes {
    /// Returns the shape of the type's JSON, or nil for any other type.
    static func shape(of type: any Any.Type) -> Shape? { shapes[ObjectIdentifier(type)] }

    private static let shapes: [ObjectIdentifier: Shape] = {
        let integers: [any Any.Type] = [
            Int.self, Int8.self, Int16.self, Int32.self, Int64.self, Int128.self, UInt.self, UInt8.self, UInt16.self,
            UInt32.self, UInt64.self, UInt128.self,
        ]
        var shapes: [ObjectIdentifier: Shape] = [
            ObjectIdentifier(String.self): .string,
            ObjectIdentifier(Bool.self): .boolean,
            ObjectIdentifier(Double.self): .number,
            ObjectIdentifier(Float.self): .number,
            ObjectIdentifier(Decimal.self): .union([.number, .string]),
            ObjectIdentifier(Date.self): .scalar("string", ["format": "date-time"]),
            ObjectIdentifier(UUID.self): .scalar("string", ["format": "uuid"]),
            ObjectIdentifier(URL.self): .scalar("string", ["format": "uri", "minLength": 1]),
            ObjectIdentifier(Data.self): .scalar("string", ["format": "base64"]),
            ObjectIdentifier(JSONValue.self): .any,
            ObjectIdentifier(JSONObject.self): .map(.any, names: nil),
            ObjectIdentifier(Void.self): .null,
        ]
        for type in integers { shapes[ObjectIdentifier(type)] = .integer }
        return shapes
    }()

    /// Returns the trial's value of the type, or nil if the type is not one of these.
    static func sample<T>(of type: T.Type, _ trial: Trial, step: Int) -> T? {
        if let integers = type as? any FixedWidthInteger.Type {
            func open<I: FixedWidthInteger>(_ type: I.Type) -> T? { I(clamping: trial.integer(step)) as? T }
            return shape(of: type) == nil ? nil : open(integers)
        }
        let sample: Any? =
            switch ObjectIdentifier(type) {
            case ObjectIdentifier(String.self): trial.text
            case ObjectIdentifier(Bool.self): trial.truth
            case ObjectIdentifier(Double.self): trial.number(step)
            case ObjectIdentifier(Float.self): Float(trial.number(step))
            case ObjectIdentifier(Decimal.self): Decimal(trial.integer(step))
            case ObjectIdentifier(Date.self): Date(timeIntervalSince1970: Double(trial.integer(step)))
            case ObjectIdentifier(UUID.self): UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
            case ObjectIdentifier(URL.self): URL(string: "https://example.com")
            case ObjectIdentifier(Data.self): Data(trial.text.utf8)
            case ObjectIdentifier(JSONValue.self): JSONValue.null
            case ObjectIdentifier(JSONObject.self): JSONObject()
            default: nil
            }
        // Nil cast to an optional type would be a value of that type.
        guard let sample else { return nil }
        return sample as? T
    }
}
