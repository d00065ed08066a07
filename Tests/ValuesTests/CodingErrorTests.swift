import Foundation
import TestSupport
import Testing
import Values

@Suite(.supervised) struct CodingErrorTests {
    struct Track: Codable {
        enum Level: String, Codable { case low, high }
        var points: [Point]
        var names: [String: Bool]?
        var count: Int8?
        var ids: [Int: UUID]?
        var level: Level?
        var odd: [String: [String: Int]]?
    }

    static let decoding: [(value: JSONValue, path: String, message: String)] = [
        ([], "", "expected an object, found a list"),
        (nil, "", "expected an object, found null"),
        ([:], "points", "is missing"),
        (["points": nil], "points", "expected a list, found null"),
        (["points": "x"], "points", #"expected a list, found text "x""#),
        (
            ["points": [["x": 1, "y": 1], ["x": 1, "y": 2], ["x": "abc"]]], "points[2].x",
            #"expected an integer (Int), found text "abc""#
        ),
        (["points": [["x": 1]]], "points[0].y", "is missing"),
        (["points": [["x": nil, "y": 1]]], "points[0].x", "expected an integer (Int), found null"),
        (["points": [["x": 1.5, "y": 1]]], "points[0].x", "expected an integer (Int), found the number 1.5"),
        (["points": [["x": true, "y": 1]]], "points[0].x", "expected an integer (Int), found true"),
        (["points": [["x": [], "y": 1]]], "points[0].x", "expected an integer (Int), found a list"),
        (["points": [5]], "points[0]", "expected an object, found the integer 5"),
        (["points": [], "count": 300], "count", "expected an integer from -128 to 127 (Int8), found the integer 300"),
        (["points": [], "names": ["a b": 0]], #"names["a b"]"#, "expected true or false (Bool), found the integer 0"),
        (["points": [], "ids": ["12": "x"]], "ids.12", #"expected a UUID as text (UUID), found text "x""#),
        (
            ["points": [], "odd": ["a.b": ["Index 1": "x"]]], #"odd["a.b"]["Index 1"]"#,
            #"expected an integer (Int), found text "x""#
        ),
        (["points": [], "level": "mid"], "level", "Cannot initialize Level from invalid String value mid"),
    ]

    @Test(arguments: decoding) func saysWhereAndWhatIsWrong(value: JSONValue, path: String, message: String) throws {
        let error = try #require(throws: DecodingError.self) { try ValueDecoder().decode(Track.self, from: value) }
        #expect(error.valuePath == path)
        #expect(error.valueMessage == message)
    }

    @Test func longTextsAreShortened() throws {
        let text = String(repeating: "é", count: 1_000)
        let error = try #require(throws: DecodingError.self) {
            try ValueDecoder().decode(Int.self, from: .string(text))
        }
        #expect(error.valueMessage == "expected an integer (Int), found text \"\(String(repeating: "é", count: 50))…\"")
        #expect(error.valuePath == "")
    }

    @Test func readingPastTheEndNamesTheElement() throws {
        struct Pair: Decodable {
            init(from decoder: any Decoder) throws {
                var container = try decoder.unkeyedContainer()
                _ = (try container.decode(Int.self), try container.decode(Int.self))
            }
        }
        let error = try #require(throws: DecodingError.self) { try ValueDecoder().decode([Pair].self, from: [[1]]) }
        #expect((error.valuePath, error.valueMessage) == ("[0][1]", "is missing"))
    }

    @Test func foreignDecodersHaveThePathsToo() throws {
        let data = Data(#"{"points":[{"x":1,"y":"b"}]}"#.utf8)
        let error = try #require(throws: DecodingError.self) { try JSONDecoder().decode(Track.self, from: data) }
        #expect(error.valuePath == "points[0].y")
    }

    @Test func encodingNamesThePathAndTheValue() throws {
        struct Result: Encodable { var readings: [Double]; var any: JSONValue = nil; var date: Date? }
        func description(_ value: some Encodable) -> String? {
            let error = #expect(throws: EncodingError.self) { try ValueEncoder().encodeToBytes(value) }
            guard case .invalidValue(_, let context)? = error else { return nil }
            return context.debugDescription
        }
        #expect(
            description(["result": Result(readings: [1, 2, 3, .nan])])
                == "result.readings[3]: NaN is not a number that JSON can hold")
        #expect(description(-Double.infinity) == "-Infinity is not a number that JSON can hold")
        #expect(description([Float.infinity]) == "[0]: Infinity is not a number that JSON can hold")
        #expect(
            description(Result(readings: [], any: ["a": [.double(.nan)]]))
                == "any.a[0]: NaN is not a number that JSON can hold")
        #expect(
            description([Date(timeIntervalSince1970: 1e15)])
                == "[0]: a date outside the years 0 to 9999 has no JSON form")
        #expect(description(Decimal.nan) == "NaN is not a number that JSON can hold")
    }

    @Test func aTypeOfTwoShapesIsRefused() throws {
        struct Confused: Encodable {
            func encode(to encoder: any Encoder) throws {
                var object = encoder.container(keyedBy: Dog.Keys.self)
                try object.encode(1, forKey: .tricks)
                var list = encoder.unkeyedContainer()
                try list.encode(2)
            }
        }
        let error = try #require(throws: EncodingError.self) { try ValueEncoder().encode([Confused()]) }
        #expect("\(error)".contains("[0]: the type encodes itself both as an object and as a list"))
    }
}
