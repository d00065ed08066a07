import FoundationEssentials
public import Values

/// The interpretation of objects when JSON becomes BSON.
enum JSONNotation {
    /// Every object is a document.
    case plain
    /// Some objects are values of other types, as in MongoDB's Extended JSON.
    case extended
}

extension BSONDocument {
    /// Creates a document from a JSON object, with its members in their order.
    ///
    /// - Throws: `EncodingError` for an integer beyond 64 bits, and for more than 100 nested levels of objects and
    ///   lists.
    public init(_ json: JSONObject) throws {
        do throws(NotRepresentable) { self = try BSONDocument(json: json) } catch {
            throw error.encodingError(of: json)
        }
    }

    /// Creates a document from a JSON object.
    ///
    /// - Parameter levels: the greatest number of nested documents and lists, including this one.
    init(
        json: JSONObject, levels: Int = BSONWriter.depthLimit, as notation: JSONNotation = .plain
    ) throws(NotRepresentable) {
        guard levels > 0 else { throw .tooDeep }
        self.init()
        for (key, value) in json {
            do throws(NotRepresentable) {
                append(key, try BSONValue(json: value, levels: levels - 1, as: notation))
            } catch {
                throw error.inside(.name(key))
            }
        }
    }

    /// The document as JSON, with its fields in their order. See ``BSONValue/json``.
    public var json: JSONObject { JSONObject(lazy.map { ($0.key, $0.value.json) }) }
}

extension BSONValue {
    /// Creates a BSON value from a JSON value. Integers take 32 bits if they fit, otherwise 64.
    ///
    /// - Throws: `EncodingError` for an integer beyond 64 bits, and for more than 100 nested levels of objects and
    ///   lists.
    public init(_ json: JSONValue) throws {
        do throws(NotRepresentable) { self = try BSONValue(json: json) } catch { throw error.encodingError(of: json) }
    }

    /// Creates a BSON value from a JSON value.
    ///
    /// - Parameter levels: the greatest number of nested documents and lists.
    init(
        json: JSONValue, levels: Int = BSONWriter.depthLimit, as notation: JSONNotation = .plain
    ) throws(NotRepresentable) {
        switch json {
        case .null: self = .null
        case .bool(let flag): self = .bool(flag)
        case .integer(let number): self = BSONValue(number)
        case .bigInteger: throw .integer(json)
        case .double(let number): self = .double(number)
        case .string(let text): self = .string(text)
        case .array(let elements):
            guard levels > 0 else { throw .tooDeep }
            var converted: [BSONValue] = []
            for element in elements {
                do throws(NotRepresentable) {
                    converted.append(try BSONValue(json: element, levels: levels - 1, as: notation))
                } catch {
                    throw error.inside(.index(converted.count))
                }
            }
            self = .array(converted)
        case .object(let object):
            if notation == .extended, let value = try ExtendedJSONWrapper.value(of: object, levels: levels) {
                self = value
            } else {
                self = .document(try BSONDocument(json: object, levels: levels, as: notation))
            }
        }
    }

    /// The value as JSON, which is also its form in coders other than ``BSONEncoder``.
    ///
    /// An ``ObjectID`` becomes its digits; a date becomes ISO 8601 text in UTC, or its milliseconds since 1970
    /// outside the years 0 to 9999; a UUID becomes its text; other bytes become base64 text; and a decimal number
    /// becomes its text. A regular expression becomes `{"pattern": …, "options": …}`, and a timestamp
    /// `{"seconds": …, "increment": …}`. Code and symbols become text, the least and greatest keys `MinKey` and
    /// `MaxKey`, and undefined becomes null.
    public var json: JSONValue {
        switch self {
        case .double(let number): .double(number)
        case .string(let text), .javaScript(let text), .symbol(let text), .javaScriptWithScope(let text, _):
            .string(text)
        case .document(let document): .object(document.json)
        case .array(let elements): .array(elements.map(\.json))
        case .binary(let binary): .string(binary.text)
        case .objectID(let id): .string(id.hexString)
        case .bool(let flag): .bool(flag)
        case .date(let date): (try? ValueEncoder().encode(date)) ?? .integer(date.millisecondsSince1970)
        case .null, .undefined: .null
        case .regex(let regex): ["pattern": .string(regex.pattern), "options": .string(regex.options)]
        case .int32(let number): .integer(Int64(number))
        case .timestamp(let timestamp):
            ["seconds": .integer(Int64(timestamp.seconds)), "increment": .integer(Int64(timestamp.increment))]
        case .int64(let number): .integer(number)
        case .decimal128(let number): .string(number.description)
        case .minKey: "MinKey"
        case .maxKey: "MaxKey"
        case .dbPointer(let collection, let id): ["collection": .string(collection), "id": .string(id.hexString)]
        }
    }
}
