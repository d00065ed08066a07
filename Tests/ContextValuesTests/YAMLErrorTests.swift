import ContextValues
import TestSupport
import Testing
import Values

@Suite("Problems in YAML texts", .supervised)
struct YAMLErrorTests {
    /// A text, the place of its problem, and the message.
    struct Problem: Sendable, CustomTestStringConvertible {
        let text: String
        let line: Int
        let column: Int
        let message: String

        init(_ text: String, _ line: Int, _ column: Int, _ message: String) {
            (self.text, self.line, self.column, self.message) = (text, line, column, message)
        }

        var testDescription: String { text }
    }

    private static let tabMessage =
        "found character that cannot start any token (a tab: indent with spaces) "
        + "while scanning for the next token"
    private static let atSignMessage =
        "found character that cannot start any token ('@': put the value in quotes) "
        + "while scanning for the next token"

    static let syntax = [
        Problem("a:\n\tb: 1\n", 2, 1, tabMessage),
        Problem("a: 1\nbé: @c\n", 2, 5, atSignMessage),
        Problem("a: b: c\n", 1, 5, "mapping values are not allowed in this context"),
        Problem(
            "x: 1\na: [1, 2\nb: 3\n", 3, 2,
            "did not find expected ',' or ']' while parsing a flow sequence (started at 2:4)"),
        Problem("a: 'b", 1, 6, "found unexpected end of stream while scanning a quoted scalar (started at 1:4)"),
        Problem("a: 1\nb: x\u{7}y\n", 2, 5, "found the control character U+0007"),
        Problem("\u{FEFF}a: \u{7}\n", 1, 4, "found the control character U+0007"),
        Problem("a: 1\n--- \nb: 2\n", 2, 1, "a second document starts here, the file must hold only one"),
    ]

    static let nodes = [
        Problem("a: !foo b\n", 1, 4, "the tag is not known (put a text that begins with ! in quotes)"),
        Problem(
            "a: !!python/name:os.system ''\n", 1, 4, "the tag is not known (put a text that begins with ! in quotes)"),
        Problem(
            "- !<tag:example.com,2000:x> {}\n", 1, 3, "the tag is not known (put a text that begins with ! in quotes)"),
        Problem("a: !!int b\n", 1, 4, "\"b\" is not an integer"),
        Problem("a: 0b_\n", 1, 4, "\"0b_\" is not an integer"),
        Problem("a: !!float b\n", 1, 4, "\"b\" is not a number"),
        Problem("a: !!bool b\n", 1, 4, "\"b\" is not true or false"),
        Problem("a: !!timestamp b\n", 1, 4, "\"b\" is not a date or time"),
        Problem("a: 2001-02-29\n", 1, 4, "\"2001-02-29\" is not a date or time that exists"),
        Problem("a: !!binary aGk\n", 1, 4, "the base64 text ends too early, or its padding is missing"),
        Problem("a: !!str [b]\n", 1, 4, "!!str needs a single value, found a list"),
        Problem("a: !!seq {b: 1}\n", 1, 4, "!!seq needs a list, found a mapping"),
        Problem("a: !!set b\n", 1, 4, "!!set needs a mapping, found a single value"),
        Problem("!!omap\n- a: 1\n- b\n", 3, 3, "each element of !!omap must be a mapping with one member"),
        Problem("a: =\n", 1, 4, "a plain = has no value in YAML 1.1, put it in quotes"),
        Problem("a: <<\n", 1, 4, "<< merges mappings only as a key, put it in quotes if it is meant as text"),
        Problem("<<: 1\n", 1, 5, "<< needs a mapping or a list of mappings, found a single value"),
        Problem("<<: [{}, []]\n", 1, 10, "<< needs a mapping or a list of mappings, found a list"),
        Problem("a: 1\n? [b, c]\n: 1\n", 2, 3, "a list cannot be a key"),
        Problem("x: &x {}\n*x : 1\n", 2, 1, "a mapping cannot be a key"),
        Problem("a: *b\n", 1, 4, "the alias has no anchor before it (put a text that begins with * in quotes)"),
        Problem("a: &b 1\nc: &b 2\n", 2, 4, "the anchor &b is there already (at 1:4), it needs another name"),
        Problem("a: &b\n  - 1\n  - *b\n", 3, 5, "the alias stands inside of what it stands for"),
        Problem("a: &b {<<: *b}\n", 1, 12, "the alias stands inside of what it stands for"),
    ]

    @Test("a problem of syntax says what and where", arguments: syntax)
    func syntaxProblem(_ problem: Problem) throws {
        try expect(problem)
    }

    @Test("a problem with a value says what and where", arguments: nodes)
    func nodeProblem(_ problem: Problem) throws {
        try expect(problem)
    }

    private func expect(_ problem: Problem) throws {
        let error = try #require(throws: YAMLError.self) {
            try YAMLDocument.parse(Array(problem.text.utf8), file: "a/b.yaml")
        }
        #expect(
            error
                == YAMLError(
                    file: "a/b.yaml", line: problem.line, column: problem.column, message: problem.message))
    }

    @Test("the description has the shape that editors recognise")
    func description() {
        var error = YAMLError(file: "a/b.yaml", line: 3, column: 7, message: "it is wrong")
        #expect("\(error)" == "a/b.yaml:3:7: it is wrong")
        error.file = nil
        #expect("\(error)" == "3:7: it is wrong")
    }

    /// Bytes that are not UTF-8, the place of the first such byte, and the message about it.
    struct InvalidBytes: Sendable {
        let bytes: [UInt8]
        let line: Int
        let column: Int
        let message: String
    }

    @Test(
        "bytes that are not UTF-8 are an error at their place",
        arguments: [
            InvalidBytes(
                bytes: Array("a: 1\nb: é".utf8) + [0xFF], line: 2, column: 5,
                message: "the byte 0xFF is not valid UTF-8"),
            InvalidBytes(
                bytes: Array("a\r\nb\rc".utf8) + [0xC3], line: 3, column: 2, message: "the byte 0xC3 is not valid UTF-8"
            ),
            InvalidBytes(
                bytes: Array("a: ".utf8) + [0xED, 0xA0, 0x80], line: 1, column: 4,
                message: "the byte 0xED is not valid UTF-8"),
            InvalidBytes(
                bytes: [0xEF, 0xBB, 0xBF, 0x61, 0xC0, 0x80], line: 1, column: 2,
                message: "the byte 0xC0 is not valid UTF-8"),
            InvalidBytes(
                bytes: [0xFF, 0xFE, 0x61, 0x00], line: 1, column: 1, message: "the text is UTF-16, it must be UTF-8"),
        ])
    func invalidBytes(_ one: InvalidBytes) throws {
        let error = try #require(throws: YAMLError.self) { try YAMLDocument.parse(one.bytes, file: "b.yaml") }
        #expect(error == YAMLError(file: "b.yaml", line: one.line, column: one.column, message: one.message))
    }
}
