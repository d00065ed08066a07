import TestSupport
import Testing
import Values

@Suite(.supervised) struct JSONWritingTests {
    static let texts: [(value: JSONValue, text: String)] = [
        (nil, "null"), (true, "true"), (false, "false"), (0, "0"), (9, "9"), (10, "10"), (-1, "-1"),
        (1234567, "1234567"),
        (.integer(.max), "9223372036854775807"), (.integer(.min), "-9223372036854775808"),
        (.bigInteger("123456789012345678901234567890"), "123456789012345678901234567890"),
        (1.0, "1.0"), (-0.0, "-0.0"), (0.1, "0.1"), (2.5, "2.5"), (1e100, "1e+100"),
        (.double(.leastNonzeroMagnitude), "5e-324"),
        ("", #""""#), ("abc", #""abc""#), ("Zürich 東京 😀 \u{7F}", "\"Zürich 東京 😀 \u{7F}\""),
        ("\"\\/\u{8}\u{C}\n\r\t\u{0}\u{1F}\u{1A}", #""\"\\/\b\f\n\r\t\u0000\u001f\u001a""#),
        ([], "[]"), ([:], "{}"), (["a": 1, "b": [1, 2]], #"{"a":1,"b":[1,2]}"#),
        (["z": ["é\"": nil], "a": [[], [:]]], #"{"z":{"é\"":null},"a":[[],{}]}"#),
    ]

    @Test(arguments: texts) func writesCompactText(value: JSONValue, text: String) throws {
        #expect(try value.jsonString() == text)
        #expect(try value.jsonBytes() == Array(text.utf8))
        var bytes = Array("> ".utf8)
        try value.write(into: &bytes)
        #expect(bytes == Array("> \(text)".utf8))
        #expect(try JSONValue(parsing: text) == value)
    }

    @Test func escapesAtEveryAlignment() throws {
        for character in ["\"", "\\", "\u{1F}", "\n", "é", "\u{1F}\u{20}", "\"#", "\u{80}\""] {
            for padding in 0..<20 {
                let text = String(repeating: "a", count: padding) + character + String(repeating: "!", count: 9)
                #expect(try JSONValue(parsing: try JSONValue.string(text).jsonBytes()) == .string(text))
            }
        }
    }

    @Test func doublesReadBackAsTheSameDoubles() throws {
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<20_000 {
            let double = Double(bitPattern: generator.next())
            guard double.isFinite else { continue }
            let text = try JSONValue.double(double).jsonString()
            guard case .double(let back) = try JSONValue(parsing: text) else {
                Issue.record("\(text) is not read as a double")
                continue
            }
            #expect(back.bitPattern == double.bitPattern)
        }
    }

    @Test func largeTextsGrowTheBytes() throws {
        let text = String(repeating: "long and \"quoted\" ", count: 10_000)
        let value: JSONValue = .array(Array(repeating: .string(text), count: 3))
        #expect(try JSONValue(parsing: value.jsonBytes()) == value)
    }

    static let refused: [(value: JSONValue, description: String)] = [
        (.double(.nan), "NaN is not a number that JSON can hold"),
        (
            ["result": ["readings": [1, 2, 3, .double(.infinity)]]],
            "result.readings[3]: Infinity is not a number that JSON can hold"
        ),
        ([[["a b": .double(-.infinity)]]], #"[0][0]["a b"]: -Infinity is not a number that JSON can hold"#),
        (["n": .bigInteger("12x")], #"n: "12x" are not the digits of an integer"#),
        (.bigInteger("-"), #""-" are not the digits of an integer"#),
        (.bigInteger("007"), #""007" are not the digits of an integer"#),
    ]

    @Test(arguments: refused) func refusesWhatHasNoText(value: JSONValue, description: String) throws {
        let error = try #require(throws: JSONWritingError.self) { try value.jsonBytes() }
        #expect(error.description == description)
        var bytes: [UInt8] = [1, 2]
        #expect(throws: error) { try value.write(into: &bytes) }
        #expect(bytes == [1, 2])
    }

    @Test func indentsForPeople() throws {
        let value: JSONValue = ["a": 1, "b": [1, [], ["c": "d"]], "e": [:]]
        let text = """
            {
              "a": 1,
              "b": [
                1,
                [],
                {
                  "c": "d"
                }
              ],
              "e": {}
            }
            """
        #expect(try value.prettyJSONString() == text)
        #expect(try JSONValue(parsing: text) == value)
    }
}
