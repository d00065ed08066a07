import FoundationEssentials
public import Values

extension BSONDocument {
    /// The document as canonical Extended JSON, with its fields in their order. See ``BSONValue/extendedJSON``.
    ///
    /// ```swift
    /// /// Returns a document with the types that its fields have in MongoDB.
    /// @Exposed
    /// func export(_ context: FunctionContext, id: ObjectID) async throws -> JSONObject? {
    ///     guard let document = try await context.require(\.documentStore).findOne(["_id": .objectID(id)]) else {
    ///         return nil
    ///     }
    ///     return document.extendedJSON
    /// }
    /// ```
    public var extendedJSON: JSONObject { JSONObject(lazy.map { ($0.key, $0.value.extendedJSON) }) }

    /// Creates a document from an object of Extended JSON. See ``BSONValue/init(extendedJSON:)``.
    ///
    /// - Throws: the same errors as ``BSONValue/init(extendedJSON:)``, and an error for an object that stands for
    ///   another value, such as an object id.
    public init(extendedJSON json: JSONObject) throws {
        let value = try BSONValue(extendedJSON: .object(json))
        guard let document = value.document else {
            throw NotRepresentable("expected a document, found \(value.kindDescription)").decodingError(at: [])
        }
        self = document
    }
}

extension BSONValue {
    /// The value as canonical Extended JSON, which distinguishes all of BSON's types.
    ///
    /// Examples are `{"$numberInt": "1"}`, `{"$oid": "6b015470a54b554be6ab1d79"}` and
    /// `{"$date": {"$numberLong": "0"}}`. MongoDB's tools and drivers read and write this form; ``json`` is easier to
    /// use in pages and other programs. A document with a key that Extended JSON reserves, such as `$oid`, does not
    /// read back as a document.
    ///
    /// Source: the MongoDB Extended JSON specification, version 2.
    public var extendedJSON: JSONValue {
        switch self {
        case .null, .bool, .string: json
        case .document(let document): .object(document.extendedJSON)
        case .array(let elements): .array(elements.map(\.extendedJSON))
        case .double(let number): ["$numberDouble": .string(Self.extendedJSONText(number))]
        case .int32(let number): ["$numberInt": .string(String(number))]
        case .int64(let number): ["$numberLong": .string(String(number))]
        case .decimal128(let number): ["$numberDecimal": .string(number.description)]
        case .objectID(let id): ["$oid": .string(id.hexString)]
        case .date(let date): ["$date": ["$numberLong": .string(String(date.millisecondsSince1970))]]
        case .binary(let binary):
            [
                "$binary": [
                    "base64": .string(Data(binary.bytes).base64EncodedString()),
                    "subType": .string((binary.subtype < 16 ? "0" : "") + String(binary.subtype, radix: 16)),
                ]
            ]
        case .regex(let regex):
            ["$regularExpression": ["pattern": .string(regex.pattern), "options": .string(regex.options)]]
        case .timestamp(let timestamp):
            ["$timestamp": ["t": .integer(Int64(timestamp.seconds)), "i": .integer(Int64(timestamp.increment))]]
        case .minKey: ["$minKey": 1]
        case .maxKey: ["$maxKey": 1]
        case .javaScript(let code): ["$code": .string(code)]
        case .javaScriptWithScope(let code, let scope):
            ["$code": .string(code), "$scope": .object(scope.extendedJSON)]
        case .symbol(let text): ["$symbol": .string(text)]
        case .dbPointer(let collection, let id):
            ["$dbPointer": ["$ref": .string(collection), "$id": BSONValue.objectID(id).extendedJSON]]
        case .undefined: ["$undefined": true]
        }
    }

    private static func extendedJSONText(_ number: Double) -> String {
        if number.isNaN { return "NaN" }
        return number.isFinite ? number.description : number < 0 ? "-Infinity" : "Infinity"
    }

    /// Creates a value from canonical or relaxed Extended JSON.
    ///
    /// Integers take 32 bits if they fit, otherwise 64. Dates may also be ISO 8601 text, which is rounded to
    /// milliseconds, and UUIDs may be `{"$uuid": …}`. An object without a key that Extended JSON reserves is a
    /// document, even one such as `{"$gt": 1}` or `{"$regex": "^a", "$options": "i"}`.
    ///
    /// - Throws: `DecodingError`, whose `valuePath` and `valueMessage` locate and describe the problem, for a
    ///   reserved key with an invalid value or with other keys that do not belong to it, and for more than 100 nested
    ///   levels of documents and lists.
    public init(extendedJSON json: JSONValue) throws {
        do throws(NotRepresentable) { self = try BSONValue(json: json, as: .extended) } catch {
            throw error.decodingError(at: [])
        }
    }
}
