import Documents
import Foundation
import TestSupport
import Testing
import Values

/// A type that decodes the second element of a list.
private struct Second<Element: Decodable>: Decodable {
    init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        _ = try container.decode(Int.self)
        _ = try container.decode(Element.self)
    }
}

@Suite(.supervised) struct CodingErrorTests {
    @Test(
        arguments: [
            (["x": "one"], "x", "expected an integer (Int), found text \"one\""),
            (["x": 1.5], "x", "expected an integer (Int), found the number 1.5"),
            ([:], "x", "is missing"),
            (["x": nil], "x", "expected an integer (Int), found null"),
            (["x": .objectID(ObjectID())], "x", "expected an integer (Int), found an object id"),
            (
                ["x": .decimal128(Decimal128(high: 0x3040 << 48, low: 1))], "x",
                "expected an integer (Int), found a decimal number"
            ),
            (["x": ["a": 1]], "x", "expected an integer (Int), found a document"),
            (["x": 1, "y": true], "y", "expected a number (Double), found true"),
        ] as [(BSONDocument, String, String)])
    func saysWhatDoesNotFitWhere(document: BSONDocument, path: String, message: String) throws {
        let error = #expect(throws: DecodingError.self) { try BSONDecoder().decode(Part.self, from: document) }
        #expect(error?.valuePath == path)
        #expect(error?.valueMessage == message)
    }

    /// Decodes `type` from `{"list": [0, value]}`, which must fail, and returns the message of the error.
    private func message<T: Decodable>(_ type: T.Type, from value: BSONValue) throws -> String {
        let error = #expect(throws: DecodingError.self) {
            try BSONDecoder().decode([String: Second<T>].self, from: ["list": [0, value]])
        }
        #expect(error?.valuePath == "list[1]")
        return try #require(error).valueMessage
    }

    @Test func namesWhatEachTypeWants() throws {
        #expect(
            try message(Int8.self, from: 300) == "expected an integer from -128 to 127 (Int8), found the integer 300")
        #expect(try message(UInt.self, from: -1).hasPrefix("expected an integer from 0 to "))
        #expect(try message(String.self, from: .objectID(ObjectID())) == "expected text (String), found an object id")
        #expect(try message(Bool.self, from: 1) == "expected true or false (Bool), found the integer 1")
        #expect(try message(Float.self, from: 1e300) == "expected a number (Float), found the number 1e+300")
        #expect(try message(Date.self, from: "2026-01-01") == "expected a date, found text \"2026-01-01\"")
        #expect(
            try message(ObjectID.self, from: "6b015470a54b554be6ab1d79").hasPrefix("expected an object id, found text"))
        #expect(try message(UUID.self, from: .binary(BSONBinary([1], subtype: 4))) == "expected a UUID, found bytes")
        #expect(try message(Data.self, from: "AQI=") == "expected bytes, found text \"AQI=\"")
        #expect(try message(Decimal128.self, from: 1) == "expected a decimal number, found the integer 1")
        #expect(try message(BSONDocument.self, from: [1]) == "expected a document, found a list")
        #expect(try message(JSONObject.self, from: [1]) == "expected a document, found a list")
        #expect(try message(Part.self, from: 1) == "expected a document, found the integer 1")
        #expect(try message([Int].self, from: ["a": 1]) == "expected a list, found a document")
        #expect(try message(Handed<ObjectID>.self, from: 1) == "expected an object id, found the integer 1")
        #expect(try message(String?.self, from: true) == "expected text (String), found true")
    }

    @Test func longTextsAreShortened() throws {
        let text = String(repeating: "x", count: 100_000)
        #expect(try message(Int.self, from: .string(text)).utf8.count < 120)
    }

    @Test func saysWhereAListEnds() throws {
        struct Two: Decodable {
            init(from decoder: any Decoder) throws {
                var container = try decoder.unkeyedContainer()
                for _ in 0..<2 { _ = try container.decode(Int.self) }
            }
        }
        let error = #expect(throws: DecodingError.self) {
            try BSONDecoder().decode([String: Two].self, from: ["list": [1]])
        }
        #expect(error?.valuePath == "list[1]")
        #expect(error?.valueMessage == "the list ends before it")
    }

    private func refusal(_ value: some Encodable) throws -> String {
        let error = #expect(throws: EncodingError.self) { try BSONEncoder().encode(value) }
        guard case .invalidValue(_, let context) = error else { return "" }
        return context.debugDescription
    }

    @Test func saysWhatBSONCannotHoldWhere() throws {
        #expect(
            try refusal(["list": [1, UInt64.max]])
                == "list[1]: the integer 18446744073709551615 does not fit the 64 bits that MongoDB has for one")
        #expect(
            try refusal(["a": ["b": [nil, .bigInteger("-99999999999999999999")]] as JSONValue])
                == "a.b[1]: the integer -99999999999999999999 does not fit the 64 bits that MongoDB has for one")
        #expect(try refusal(Handed(["n": Int128.max])).hasPrefix("n: the integer 17014"))
        #expect(
            try refusal(["n": Decimal(string: "1.2345678901234567890123456789012345678")]).hasSuffix("for a number"))
        #expect(try refusal([1, 2]) == "a document has fields, but Array<Int> encodes itself as a list")
        #expect(try refusal("text") == "a document has fields, but String encodes itself as text")
    }

    @Test func anEncodingOfTwoShapesIsRefused() throws {
        struct Both: Encodable {
            enum Key: CodingKey { case a }
            func encode(to encoder: any Encoder) throws {
                var list = encoder.unkeyedContainer()
                try list.encode(1)
                var fields = encoder.container(keyedBy: Key.self)
                try fields.encode(1, forKey: .a)
            }
        }
        #expect(try refusal(["x": Both()]) == "x: the type encodes itself both as a list and as a document")
    }

    @Test func aFieldThatFailedLeavesNothing() throws {
        struct Lenient: Encodable {
            enum Key: CodingKey { case a, b }
            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: Key.self)
                try? container.encode(UInt64.max, forKey: .a)
                try container.encode(1, forKey: .b)
            }
        }
        #expect(try BSONEncoder().encode(Lenient()) == ["b": 1])
    }
}
