import FoundationEssentials
import JSONSchemas
import TestSupport
import Testing
import Values

private struct Case: CustomTestStringConvertible {
    let name: String
    let parameters: [SchemaParameter]
    var testDescription: String { name }

    init(_ name: String, _ parameters: SchemaParameter...) {
        self.name = name
        self.parameters = parameters
    }
}

private func parameter(
    _ name: String, _ type: any Decodable.Type, default value: JSONValue? = nil, documentation: String? = nil
) -> SchemaParameter {
    SchemaParameter(name: name, type: type, defaultValue: value, documentation: documentation)
}

private func inputs() -> [Case] {
    [
        Case("none"),
        Case("add", parameter("a", Int.self), parameter("b", Int.self, default: 2)),
        Case(
            "scalars", parameter("an_int", Int8.self), parameter("aDouble", Float.self), parameter("flag", Bool.self),
            parameter("text", String.self), parameter("when", Date.self), parameter("id", UUID.self),
            parameter("link", URL.self), parameter("data", Data.self), parameter("price", Decimal.self),
            parameter("anything", JSONValue.self), parameter("object", JSONObject.self)),
        Case(
            "defaults", parameter("i", Int.self, default: 3), parameter("d", Double.self, default: 0.5),
            parameter("b", Bool.self, default: true), parameter("s", String.self, default: "x"),
            parameter("l", [Int].self, default: [1, 2]), parameter("o", String?.self, default: .null),
            parameter("of", String?.self, default: "y"), parameter("m", Mode.self, default: "fast"),
            parameter("dict", [String: UInt16].self, default: ["a": 1]),
            parameter("lo", [Int?].self, default: [nil])),
        Case(
            "optionals", parameter("i", Int?.self), parameter("p", Point?.self), parameter("l", [Int]?.self),
            parameter("m", Mode?.self), parameter("d", [String: Double]?.self), parameter("lo", [Int?].self),
            parameter("oo", Int??.self), parameter("price", Decimal?.self), parameter("any", JSONValue?.self)),
        Case(
            "containers", parameter("list", [UInt128].self), parameter("set", Set<String>.self),
            parameter("map", [String: Double].self), parameter("ints", [Int: String].self),
            parameter("matrix", ContiguousArray<[Int]>.self), parameter("maps", [[String: [Bool]]].self),
            parameter("by_mode", [KeyMode: Int].self), parameter("any", [JSONValue].self)),
        Case("tuple", parameter("pair", Pair.self)),
        Case(
            "enums", parameter("mode", Mode.self), parameter("level", Level.self), parameter("modes", Set<Mode>.self)),
        Case("point", parameter("point", Point.self)),
        Case("point default", parameter("point", Point.self, default: ["x": 1, "y": nil])),
        Case("points", parameter("points", [Point].self), parameter("more", [String: Point].self)),
        Case("maybe point", parameter("point", Point?.self)),
        Case("empty", parameter("empty", Empty.self)),
        Case("line", parameter("line", Line.self)),
        Case("node", parameter("node", Node.self)),
        Case("nodes", parameter("nodes", [Node].self)),
        Case("left", parameter("left", Left.self)),
        Case("settings", parameter("settings", Settings.self)),
        Case("deep", parameter("deep", Deep.self)),
        Case("union", parameter("value", IntegerOrText.self), parameter("maybe", IntegerOrText?.self)),
        Case(
            "described", parameter("a", Int.self, documentation: "An integer."),
            parameter("p", Point.self, documentation: "A point."),
            parameter("o", Point?.self, documentation: "Perhaps.")),
    ]
}

private let outputs: [(name: String, type: (any Any.Type)?)] = [
    ("output int", Int.self), ("output optional", Int?.self), ("output point", Point.self),
    ("output maybe point", Point?.self), ("output points", [Point].self), ("output line", Line.self),
    ("output node", Node.self), ("output settings", Settings.self), ("output deep", Deep.self),
    ("output none", nil), ("output map", [String: [Point]].self),
    ("output int", UInt8.self), ("output none", Void.self),
    ("output point", PlainTypes.Point.self), ("output maybe point", PlainTypes.Point?.self),
    ("output points", [PlainTypes.Point].self), ("output line", PlainTypes.Line.self),
    ("output node", PlainTypes.Node.self), ("output settings", PlainTypes.Settings.self),
    ("output deep", PlainTypes.Deep.self), ("output map", [String: [PlainTypes.Point]].self),
]

@Suite("Schemas as pydantic writes them", .supervised) struct GoldenTests {
    @Test("inputs", arguments: inputs().map(\.name)) func input(name: String) throws {
        let parameters = try #require(inputs().first { $0.name == name }).parameters
        try expect(JSONSchema.input(of: parameters), name)
    }

    @Test("results, of Codable and of merely Encodable types", arguments: outputs.indices)
    func output(index: Int) throws {
        try expect(JSONSchema.output(of: outputs[index].type), outputs[index].name)
    }

    @Test func titles() throws {
        let titles = try Fixtures.titles()
        #expect(titles.count > 20)
        for (name, title) in titles {
            let schema = try JSONSchema.input(of: [SchemaParameter(name: name, type: Int.self)])
            #expect(schema["properties"]?[name]?["title"] == .string(title), "\(name)")
        }
    }

    @Test("The members of a schema have a firm order") func order() throws {
        let parameters = [parameter("b", Point.self), parameter("a", Int.self, default: 2)]
        let expected = """
            {"type":"object","properties":{"b":{"$ref":"#/$defs/Point"},"a":{"default":2,"title":"A",\
            "type":"integer"}},"required":["b"],"$defs":{"Point":{"type":"object","properties":{"x":{"title":"X",\
            "type":"integer"},"y":{"anyOf":[{"type":"number"},{"type":"null"}],"default":null,"title":"Y"}},\
            "required":["x"],"title":"Point"}}}
            """
        #expect(try JSONValue.object(JSONSchema.input(of: parameters)).jsonString() == expected)
    }

    private func expect(_ schema: JSONObject, _ name: String) throws {
        let golden = try #require(try Fixtures.schema(name))
        let written = JSONValue.object(schema)
        guard written != golden else { return }
        Issue.record("\(name):\n\(try written.prettyJSONString())\npydantic:\n\(try golden.prettyJSONString())")
    }
}
