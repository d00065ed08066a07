import TestSupport
import Testing
import Values

@Suite(.supervised) struct JSONParsingTests {
    static let valid: [(text: String, value: JSONValue)] = [
        ("null", nil), ("true", true), ("false", false), (" \t\r\n1 \t\r\n", 1), ("0", 0), ("-0", 0), ("-12", -12),
        ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
        ("9223372036854775808", .bigInteger("9223372036854775808")),
        ("-9223372036854775809", .bigInteger("-9223372036854775809")),
        ("10000000000000000000", .bigInteger("10000000000000000000")),
        ("123456789012345678901234567890", .bigInteger("123456789012345678901234567890")),
        ("1.0", .double(1)), ("-0.0", .double(-0.0)), ("1e2", .double(100)), ("1E+2", .double(100)),
        ("25e-1", .double(2.5)), ("0.1", .double(0.1)), ("123.456", .double(123.456)), ("1e22", .double(1e22)),
        ("1e23", .double(1e23)), ("1e-22", .double(1e-22)), ("1e-23", .double(1e-23)),
        ("9007199254740993.0", .double(9_007_199_254_740_992)),
        ("0.30000000000000004", .double(0.1 + 0.2)), ("1.7976931348623157e308", .double(.greatestFiniteMagnitude)),
        ("5e-324", .double(.leastNonzeroMagnitude)), ("1e-999", .double(0)), ("0e999", .double(0)),
        ("0.000000000000000000000000000001", .double(1e-30)),
        ("12345678901234567890.5", .double(12345678901234567890.5)),
        (#""""#, ""), (#""abc""#, "abc"),
        (#""a longer text than fits a small string""#, "a longer text than fits a small string"),
        (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u0041\u00e9\u20AC\u0000""#, "Aé€\0"),
        (#""\uD83D\uDE00""#, "😀"), (#""x\ud83d\ude00y""#, "x😀y"), (#""\uD83D""#, "\u{FFFD}"),
        (#""\uDE00\uD83D""#, "\u{FFFD}\u{FFFD}"), (#""\uDE00\uDE00""#, "\u{FFFD}\u{FFFD}"),
        (#""\uD83Dx""#, "\u{FFFD}x"), (#""\uD83D\u0041""#, "\u{FFFD}A"),
        (#""\uD83D\uD83D\uDE00""#, "\u{FFFD}😀"), (#""\uD83D\n""#, "\u{FFFD}\n"),
        ("\"Zürich 東京 😀\"", "Zürich 東京 😀"), ("\"\u{7F}\u{2028}\"", "\u{7F}\u{2028}"),
        ("[]", []), ("[ ]", []), ("{}", [:]), ("{ }", [:]), ("[[],{}]", [[], [:]]),
        ("[1, 2 ,3]", [1, 2, 3]), (#"{"a":1,"b":[true,null]}"#, ["a": 1, "b": [true, nil]]),
        (#" { "a" : { "b" : [ ] } , "c" : "d" } "#, ["a": ["b": []], "c": "d"]),
        (#"{"a":1,"b":2,"a":3}"#, ["a": 3, "b": 2]), (#"{"":1}"#, ["": 1]), (#"{"a":1,"\u0061":2}"#, ["a": 2]),
    ]

    @Test(arguments: valid) func parsesWhatIsValid(text: String, value: JSONValue) throws {
        #expect(try JSONValue(parsing: text) == value)
        #expect(try JSONValue(parsing: Array(text.utf8)) == value)
        #expect(try Array(text.utf8).withUnsafeBytes { try JSONValue(parsing: $0) } == value)
        #expect(try JSONObjectScanner.scan(text.utf8.span) { _, _, _ in } == value.kind)
    }

    static let invalid: [(text: String, message: String, line: Int, column: Int)] = [
        ("", "expected a value, found the end of the text", 1, 1),
        ("  ", "expected a value, found the end of the text", 1, 3),
        ("nul", "expected a value, found 'n'", 1, 1), ("True", "expected a value, found 'T'", 1, 1),
        ("nulL", "expected a value, found 'n'", 1, 1),
        ("NaN", "expected a value, found 'N'", 1, 1), ("-Infinity", "expected a digit, found 'I'", 1, 2),
        ("+1", "expected a value, found '+'", 1, 1), (".5", "expected a value, found '.'", 1, 1),
        ("01", "a number must not begin with 0", 1, 1), ("-01", "a number must not begin with 0", 1, 1),
        ("-", "expected a digit, found the end of the text", 1, 2),
        ("1.", "expected a digit after the decimal point, found the end of the text", 1, 3),
        ("1.e3", "expected a digit after the decimal point, found 'e'", 1, 3),
        ("1e", "expected a digit of the exponent, found the end of the text", 1, 3),
        ("1e+", "expected a digit of the exponent, found the end of the text", 1, 4),
        ("[1,1e999]", "number too large", 1, 4), ("-1e309", "number too large", 1, 1),
        ("1.8e308", "number too large", 1, 1), ("1e99999999999999999999999", "number too large", 1, 1),
        ("1 2", "expected nothing after the value, found '2'", 1, 3),
        ("{}x", "expected nothing after the value, found 'x'", 1, 3),
        ("[1,]", "expected a value, found ']'", 1, 4), ("[,1]", "expected a value, found ','", 1, 2),
        ("[1 2]", "expected ',' or ']', found '2'", 1, 4), ("[1}", "expected ',' or ']', found '}'", 1, 3),
        ("[1", "expected ',' or ']', found the end of the text", 1, 3),
        ("[", "expected a value, found the end of the text", 1, 2),
        (#"{"a":1,}"#, "expected a key in quotes, found '}'", 1, 8),
        ("{a:1}", "expected a key in quotes, found 'a'", 1, 2),
        (#"{"a" 1}"#, "expected ':', found '1'", 1, 6), (#"{"a":}"#, "expected a value, found '}'", 1, 6),
        (#"{"a":1"#, "expected ',' or '}', found the end of the text", 1, 7),
        (#"{"a":1]"#, "expected ',' or '}', found ']'", 1, 7),
        ("\"abc", "the string that begins here is not closed", 1, 1),
        (#"["abcdefghij\""#, "the string that begins here is not closed", 1, 2),
        (#""\x""#, "unknown escape in a string", 1, 2), (#""\"#, "unknown escape in a string", 1, 2),
        (#""\u12g4""#, "expected four hexadecimal digits after '\\u'", 1, 2),
        (#""\u12"#, "expected four hexadecimal digits after '\\u'", 1, 2),
        ("\"a\nb\"", "a control character inside a string must be written as an escape", 1, 3),
        ("\"abcdefgh\u{0}\"", "a control character inside a string must be written as an escape", 1, 10),
        ("[1,\n  2,\n  é]", "expected a value, found 'é'", 3, 3), ("[\"é\", x]", "expected a value, found 'x'", 1, 7),
        (#""\u0041"#, "the string that begins here is not closed", 1, 1),
        ("\u{FEFF}", "the text begins with a byte order mark, which JSON does not allow", 1, 1),
        ("\u{FEFF}1", "the text begins with a byte order mark, which JSON does not allow", 1, 1),
        ("[\u{0}]", "expected a value, found the byte 0x00", 1, 2),
        ("1\u{0}", "expected nothing after the value, found the byte 0x00", 1, 2),
        ("'a'", "expected a value, found '''", 1, 1), ("// c\n1", "expected a value, found '/'", 1, 1),
        ("\u{A0}1", "expected a value, found '\u{A0}'", 1, 1),
    ]

    @Test(arguments: invalid) func refusesWhatIsInvalid(text: String, message: String, line: Int, column: Int) throws {
        let error = try #require(throws: JSONParsingError.self) { try JSONValue(parsing: text) }
        #expect(error.message == message)
        #expect((error.line, error.column) == (line, column))
        #expect(error.description == "line \(line), column \(column): \(message)")
        let scanned = try #require(throws: JSONParsingError.self) {
            _ = try JSONObjectScanner.scan(text.utf8.span) { _, _, _ in }
        }
        #expect(scanned == error)
    }

    @Test(arguments: ["1", "e5", ".5", "\"", "}", "]", ",", " ", "u0041\"", "41\"", "e", "\u{80}"])
    func readsNothingBehindTheText(behind: String) throws {
        for text in Self.valid.map(\.text) + Self.invalid.map(\.text) where !text.isEmpty {
            let bytes = Array((text + behind).utf8)
            let count = text.utf8.count
            let whole = Result { try JSONValue(parsing: text) }
            let part = Result {
                try bytes.withUnsafeBytes { try JSONValue(parsing: UnsafeRawBufferPointer(rebasing: $0[..<count])) }
            }
            #expect("\(whole)" == "\(part)", "\(text)")
            let scanned = Result { try JSONObjectScanner.scan(bytes.span.extracting(0..<count)) { _, _, _ in } }
            #expect("\(whole.map(\.kind))" == "\(scanned)", "\(text)")
        }
    }

    @Test func numbersThatAreNotFiniteAreReadAsTheyAreWritten() throws {
        let text = #"[Infinity,-Infinity,NaN,-1,"NaN"]"#
        let value = try JSONValue(parsingNonFinite: text.utf8.span)
        #expect(value[0] == .double(.infinity) && value[1] == .double(-.infinity))
        #expect(try value.nonFiniteJSONBytes() == Array(text.utf8))
    }

    @Test(arguments: ["Infinit", "-Infinit", "-", "-I", "-i", "Nan", "NaNs", "+Infinity", "infinity", "-NaN"])
    func otherWordsAreNoNumbers(text: String) {
        #expect(throws: JSONParsingError.self) { try JSONValue(parsingNonFinite: text.utf8.span) }
    }

    static let notUTF8: [[UInt8]] = [
        [0x80], [0xBF], [0xC0, 0xAF], [0xC1, 0xBF], [0xC3], [0xC3, 0x28], [0xE0, 0x9F, 0xBF], [0xE2, 0x82],
        [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x9F, 0x98], [0xF4, 0x90, 0x80, 0x80],
        [0xF5, 0x80, 0x80, 0x80], [0xFF], [0xFE], [0xE2, 0x28, 0xA1], [0xF0, 0x9F, 0x28, 0x80],
    ]

    @Test(arguments: notUTF8) func refusesBytesThatAreNotUTF8(sequence: [UInt8]) throws {
        for padding in 0..<10 {
            let start = [UInt8](repeating: 0x61, count: padding)
            for text in [[0x22] + start + sequence + [0x22], [0x22] + start + sequence] {
                let error = try #require(throws: JSONParsingError.self) { try JSONValue(parsing: text) }
                #expect(error.message == "the text is not valid UTF-8")
                #expect(error.offset == padding + 1)
                #expect(throws: error) { _ = try JSONObjectScanner.scan(text.span) { _, _, _ in } }
            }
        }
    }

    @Test func refusesEveryControlCharacterAtEveryAlignment() {
        for byte in UInt8(0)..<0x20 {
            for padding in 0..<17 {
                let text = [0x22] + [UInt8](repeating: 0x61, count: padding) + [byte] + Array("bcdefghijklmnop\"".utf8)
                let error = #expect(throws: JSONParsingError.self) { try JSONValue(parsing: text) }
                #expect(error?.offset == padding + 1)
            }
        }
    }

    @Test func takesEveryScalarAtEveryAlignment() throws {
        for scalar in ["\u{80}", "\u{7FF}", "\u{800}", "\u{D7FF}", "\u{E000}", "\u{FFFF}", "\u{10000}", "\u{10FFFF}"] {
            for padding in 0..<17 {
                let text = String(repeating: "a", count: padding) + scalar + "z"
                #expect(try JSONValue(parsing: "\"\(text)\"") == .string(text))
            }
        }
    }

    @Test func keysKeepTheirOrderAndTheLastDuplicateCounts() throws {
        let count = 100
        let members = (0..<count).map { "\"key\($0)\":\($0)" } + ["\"key7\":true"]
        let object = try #require(try JSONValue(parsing: "{\(members.joined(separator: ","))}").object)
        #expect(object.keys == (0..<count).map { "key\($0)" })
        #expect(object["key7"] == true)
        #expect(object["key99"] == 99)
        #expect(object["key100"] == nil)
    }

    @Test func keysThatOnlyLookTheSameAreDifferent() throws {
        let object = try #require(try JSONValue(parsing: #"{"\u00e9":1,"e\u0301":2}"#).object)
        #expect(object.count == 2)
        #expect(object["\u{E9}"] == 1)
        #expect(object["e\u{301}"] == 2)
    }
}

extension JSONValue {
    var kind: JSONKind {
        switch self {
        case .null: .null
        case .bool: .bool
        case .integer, .bigInteger, .double: .number
        case .string: .string
        case .array: .array
        case .object: .object
        }
    }
}
