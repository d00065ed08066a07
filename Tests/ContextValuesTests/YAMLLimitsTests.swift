import ContextValues
import TestSupport
import Testing
import Values

@Suite("Limits of YAML texts", .supervised)
struct YAMLLimitsTests {
    private static let tooDeep = "lists and mappings are nested more than 1000 deep"
    private static let tooMany = "aliases and merge keys expand to more than 1000000 values"

    private func parse(_ text: String) throws(YAMLError) -> JSONValue {
        try YAMLDocument.parse(Array(text.utf8), file: "a.yaml")
    }

    private func error(of text: String) throws -> YAMLError {
        try #require(throws: YAMLError.self) { try parse(text) }
    }

    private func brackets(_ depth: Int, around text: String = "") -> String {
        String(repeating: "[", count: depth) + text + String(repeating: "]", count: depth)
    }

    @Test("a thousand levels are read")
    func deepest() throws {
        var value = try parse(brackets(1_000, around: "x"))
        for _ in 0..<1_000 { value = try #require(value[0]) }
        #expect(value == "x")
    }

    @Test("a level more is an error at its place", arguments: [1_001, 1_500, 100_000])
    func tooDeep(depth: Int) throws {
        let error = try error(of: "a:\n " + brackets(depth))
        #expect(error == YAMLError(file: "a.yaml", line: 2, column: 1_001, message: Self.tooDeep))
    }

    @Test("block style has the same limit")
    func tooDeepInBlocks() throws {
        #expect(try error(of: String(repeating: "- ", count: 1_001) + "a").message == Self.tooDeep)
    }

    @Test("aliases do not get around the limit of depth")
    func tooDeepByAliases() throws {
        var lines = ["a0: &a0 \(brackets(900))"]
        for index in 1...20 { lines.append("a\(index): &a\(index) \(brackets(900, around: "*a\(index - 1) "))") }
        let error = try error(of: lines.joined(separator: "\n"))
        #expect(error.message == Self.tooDeep)
    }

    @Test("merge keys do not get around the limit of depth")
    func tooDeepByMerging() throws {
        let chain = (1...5_000).map { "- &a\($0) {<<: *a\($0 - 1)}\n" }.joined()
        let list = "list:\n- &a0 {x: 1}\n" + chain
        #expect(try parse(list)["list"]?[5_000] == ["x": 1])
        let backwards = try error(of: list + "<<: *a5000\n")
        #expect(backwards.message == Self.tooDeep)
    }

    @Test("aliases that multiply are stopped")
    func aliasBomb() throws {
        var lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
        for index in 1...12 {
            lines.append("a\(index): &a\(index) [\((0..<10).map { _ in "*a\(index - 1)" }.joined(separator: ", "))]")
        }
        let error = try error(of: lines.joined(separator: "\n"))
        #expect(error.message == Self.tooMany)
    }

    @Test("long texts under aliases count for more")
    func textBomb() throws {
        let text = String(repeating: "x", count: 1_000_000)
        let aliases = String(repeating: "- *x\n", count: 100)
        #expect(try error(of: "- &x \(text)\n\(aliases)").message == Self.tooMany)
    }

    @Test("merge keys that multiply are stopped")
    func mergeBomb() throws {
        var lines = ["a0: &a0 {x: 1}"]
        for index in 1...40 { lines.append("a\(index): &a\(index) {<<: [*a\(index - 1), *a\(index - 1)]}") }
        #expect(try error(of: lines.joined(separator: "\n")).message == Self.tooMany)
    }

    @Test("many values without aliases are no bomb")
    func manyValues() throws {
        let value = try parse("[" + String(repeating: "x,", count: 200_000) + "]")
        #expect(value.array?.count == 200_000)
    }

    @Test("an integer has at most 4300 digits, in any base")
    func longIntegers() throws {
        let longest = String(repeating: "9", count: 4_300)
        #expect(try parse(longest) == .bigInteger(longest))
        #expect(try parse("-" + longest) == .bigInteger("-" + longest))
        let message = "an integer may have at most 4300 digits, put it in quotes if it is meant as text"
        #expect(try error(of: longest + "0").message == message)
        #expect(try error(of: "0x" + String(repeating: "F", count: 4_000)).message == message)
        #expect(try error(of: "0b" + String(repeating: "1", count: 100_000)).message == message)
        #expect(try parse("'\(longest)0'") == .string(longest + "0"))
    }
}
