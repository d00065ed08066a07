import TestSupport
import Testing
import Values

@Suite(.supervised) struct JSONObjectScannerTests {
    private func members(_ text: String) throws -> [[String]] {
        let bytes = Array(text.utf8)
        var members: [[String]] = []
        let kind = try JSONObjectScanner.scan(bytes.span) { key, value, kind in
            let name = String(decoding: (0..<key.count).map { key[$0] }, as: UTF8.self)
            members.append([name, String(decoding: bytes[value], as: UTF8.self), "\(kind)"])
        }
        #expect(kind == .object)
        return members
    }

    @Test func handsOutEachMemberOfTheOutermostObject() throws {
        let text =
            #" { "name" : "f.g" , "arguments":{"a":[1,{"b":2}],"c":{}},"n":-1.5e3, "#
            + #""t":true,"x":null,"e":[], "o":{ } } "#
        #expect(
            try members(text) == [
                ["name", #""f.g""#, "string"], ["arguments", #"{"a":[1,{"b":2}],"c":{}}"#, "object"],
                ["n", "-1.5e3", "number"], ["t", "true", "bool"], ["x", "null", "null"], ["e", "[]", "array"],
                ["o", "{ }", "object"],
            ])
    }

    @Test func unescapesKeys() throws {
        #expect(try members(#"{"n\u0061me":1,"\ud83d\ude00":2}"#) == [["name", "1", "number"], ["😀", "2", "number"]])
        _ = try JSONObjectScanner.scan(#"{"n\u0061me":1}"#.utf8.span) { key, _, _ in
            let equalities = [key.isEqual(to: "name"), key.isEqual(to: "nama"), key.isEqual(to: "names")]
            #expect(equalities == [true, false, false])
        }
    }

    @Test func repeatsARepeatedKey() throws {
        #expect(try members(#"{"a":1,"a":2}"#) == [["a", "1", "number"], ["a", "2", "number"]])
    }

    @Test(arguments: zip(["[1]", "\"{}\"", "12", "true", "null"], [JSONKind.array, .string, .number, .bool, .null]))
    func reportsTheKindOfWhatIsNoObject(text: String, kind: JSONKind) throws {
        let found = try JSONObjectScanner.scan(text.utf8.span) { _, _, _ in Issue.record("there is no member") }
        #expect(found == kind)
    }

    @Test func rangesParseAlone() throws {
        let bytes = Array(#"{"arguments":{"name":"Bo"}}"#.utf8)
        var arguments: JSONValue?
        _ = try JSONObjectScanner.scan(bytes.span) { _, range, _ throws(JSONParsingError) in
            arguments = try JSONValue(parsing: bytes.span.extracting(range))
        }
        #expect(arguments == ["name": "Bo"])
    }
}
