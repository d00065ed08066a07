import ContextValues
import TestSupport
import Testing
import Values

@Suite("Reading YAML documents", .supervised)
struct YAMLDocumentTests {
    private func parse(_ text: String) throws(YAMLError) -> JSONValue {
        try YAMLDocument.parse(Array(text.utf8), file: "a.yaml")
    }

    @Test(
        "a plain scalar resolves by YAML 1.1",
        arguments: [
            ("yes", true), ("Off", false), ("True", true), ("~", nil), ("", nil), ("0o17", "0o17"), ("017", 15),
            ("0b1", 1),
            ("0x1F", 31), ("1_000", 1_000), ("1:30", 90), ("1:30.5", 90.5), ("-.Inf", .double(-.infinity)),
            ("1e5", "1e5"),
            ("1.0e+5", .double(100_000)), ("9223372036854775808", .bigInteger("9223372036854775808")),
            ("0xFFFFFFFFFFFFFFFF", .bigInteger("18446744073709551615")), ("2001-12-14", "2001-12-14"),
            ("2001-12-14 21:59:43.1 -5", "2001-12-14T21:59:43.100000-05:00"), ("127.0.0.1", "127.0.0.1"),
        ] as [(String, JSONValue)])
    func plainScalar(text: String, value: JSONValue) throws {
        #expect(try parse("- \(text)") == [value])
    }

    @Test("not a number is one")
    func notANumber() throws {
        #expect(try parse(".nan").double?.isNaN == true)
    }

    @Test("a ! leaves the type to the text, with quotes or without", arguments: ["! 1", "! '1'", "! |\n 1"])
    func nonSpecificTag(text: String) throws {
        #expect(try parse("a: \(text)\nb: !\n") == ["a": 1, "b": nil])
    }

    @Test("quoted and block scalars are text", arguments: ["'1'", "\"1\"", "|-\n 1", ">-\n 1"])
    func quotedScalar(text: String) throws {
        #expect(try parse("a: \(text)\n") == ["a": "1"])
    }

    @Test("keys become text as in JSON written by Python")
    func keys() throws {
        let object = try parse("true: a\nnull: b\n7: c\n1.5: d\n1.0e+16: e\n0.00001: f\n.inf: g\n").object
        #expect(object?.keys == ["true", "null", "7", "1.5", "1e+16", "1e-05", "Infinity"])
    }

    @Test("the last of several members with one key counts")
    func duplicateKeys() throws {
        #expect(try parse("a: 1\nb: 2\na: 3\n") == ["a": 3, "b": 2])
    }

    @Test("own members come before merged ones, earlier mappings before later ones")
    func mergeKeys() throws {
        let value = try parse("x: &x {a: 1, b: 1}\ny: &y {b: 2, c: 2}\nz: {c: 3, <<: [*x, *y]}\n")
        #expect(value["z"] == ["a": 1, "b": 1, "c": 3])
    }

    @Test("sets, ordered mappings and pairs are lists, binary data is base64 text")
    func collectionTags() throws {
        #expect(try parse("!!set {b, a, b}") == ["b", "a"])
        #expect(try parse("!!omap [b: 1, a: 2]") == [["b", 1], ["a", 2]])
        #expect(try parse("!!pairs [b: 1, b: 2]") == [["b", 1], ["b", 2]])
        #expect(try parse("!!binary |\n aGVs\n bG8=\n") == "aGVsbG8=")
    }

    @Test("a text without a document is null", arguments: ["", "# comment\n", "---\n"])
    func empty(text: String) throws {
        #expect(try parse(text) == .null)
    }

    @Test("a character beyond the first plane and a zero byte survive")
    func unusualCharacters() throws {
        #expect(try parse("{a: 😀, b: \"x\\0y\"}") == ["a": "😀", "b": "x\0y"])
    }
}
