import JSONSchemas
import TestSupport
import Testing
import Values

@Suite("Types that make it hard", .supervised) struct ProbingTests {
    private static let twoNumbers =
        #"{"maxItems":2,"minItems":2,"prefixItems":[{"type":"number"},{"type":"number"}],"#
        + #""title":"V","type":"array"}"#
    private static let modesAndNumbers =
        #"{"items":{"anyOf":[{"enum":["fast","slow"],"type":"string"},{"type":"number"}]},"#
        + #""title":"V","type":"array"}"#

    static var described: [(type: any Decodable.Type, json: String)] {
        [
            (Hostile.Percentage.self, #"{"title":"V","type":"integer"}"#),
            (Hostile.Email.self, #"{"title":"V","type":"string"}"#),
            (Hostile.NonEmpty.self, #"{"items":{"type":"string"},"title":"V","type":"array"}"#),
            (Range<Double>.self, Self.twoNumbers),
            (Hostile.Bag.self, #"{"additionalProperties":{"type":"number"},"title":"V","type":"object"}"#),
            (Hostile.Flags.self, #"{"title":"V","type":"integer"}"#),
            (Hostile.Renamed.self, #"{"enum":["no. 1","no. 2"],"title":"V","type":"string"}"#),
            ([Mode: Double].self, Self.modesAndNumbers),
            (Int???.self, #"{"anyOf":[{"type":"integer"},{"type":"null"}],"default":null,"title":"V"}"#),
            (
                [[Int?]?].self,
                """
                {"items":{"anyOf":[{"items":{"anyOf":[{"type":"integer"},{"type":"null"}]},"type":"array"},{"type":"null"}]},\
                "title":"V","type":"array"}
                """
            ),
            (
                Duration.self,
                """
                {"maxItems":2,"minItems":2,"prefixItems":[{"type":"integer"},{"type":"integer"}],"title":"V","type":"array"}
                """
            ),
        ]
    }

    @Test("described in place", arguments: described.indices) func inPlace(index: Int) throws {
        let (type, json) = Self.described[index]
        let schema = try JSONSchema.input(of: [SchemaParameter(name: "v", type: type)])
        let written = try schema["properties"]?["v"]?.jsonString()
        #expect(written == json)
        #expect(schema["$defs"] == nil)
    }

    static var defined: [(type: any Decodable.Type, json: String)] {
        [
            (
                Hostile.Interval.self,
                """
                {"Interval":{"type":"object","properties":{"from":{"title":"From","type":"integer"},"to":{"title":"To",\
                "type":"integer"},"label":{"anyOf":[{"type":"string"},{"type":"null"}],"default":null,"title":"Label"}},\
                "required":["from","to"],"title":"Interval"}}
                """
            ),
            (
                Hostile.Checked.self,
                """
                {"Checked":{"type":"object","properties":{"percentage":{"title":"Percentage","type":"integer"},\
                "email":{"title":"Email","type":"string"},"range":{"maxItems":2,"minItems":2,"prefixItems":[{"type":\
                "integer"},{"type":"integer"}],"title":"Range","type":"array"},"some":{"items":{"type":"string"},\
                "title":"Some","type":"array"}},"required":["percentage","email","range","some"],"title":"Checked"}}
                """
            ),
            (
                Hostile.Tree.self,
                """
                {"Tree":{"anyOf":[{"type":"object","properties":{"branch":{"properties":{"left":{"$ref":"#/$defs/Pair"},\
                "_1":{"$ref":"#/$defs/Tree"}},"required":["left","_1"],"title":"Branch","type":"object"}},"required":\
                ["branch"],"additionalProperties":false},{"type":"object","properties":{"leaf":{"properties":{"_0":{"title":\
                "0","type":"integer"}},"required":["_0"],"title":"Leaf","type":"object"}},"required":["leaf"],\
                "additionalProperties":false},{"type":"object","properties":{"nothing":{"properties":{},"title":"Nothing",\
                "type":"object"}},"required":["nothing"],"additionalProperties":false}],"title":"Tree"},"Pair":{"type":\
                "object","properties":{"first":{"$ref":"#/$defs/Tree"},"second":{"$ref":"#/$defs/Tree"}},"required":\
                ["first","second"],"title":"Pair"}}
                """
            ),
            (
                Hostile.Plain.self,
                """
                {"Plain":{"anyOf":[{"type":"object","properties":{"small":{"properties":{},"title":"Small","type":"object"}},\
                "required":["small"],"additionalProperties":false},{"type":"object","properties":{"large":{"properties":{},\
                "title":"Large","type":"object"}},"required":["large"],"additionalProperties":false}],"title":"Plain"}}
                """
            ),
            (
                Hostile.Dog.self,
                """
                {"Dog":{"type":"object","properties":{"good":{"title":"Good","type":"boolean"},"name":{"title":"Name",\
                "type":"string"}},"required":["good","name"],"title":"Dog"}}
                """
            ),
            (
                Hostile.Cat.self,
                """
                {"Cat":{"type":"object","properties":{"lives":{"title":"Lives","type":"integer"},"super":{"properties":\
                {"name":{"title":"Name","type":"string"}},"required":["name"],"title":"Super","type":"object"}},"required":\
                ["lives","super"],"title":"Cat"}}
                """
            ),
            (
                Hostile.Figure.self,
                """
                {"Figure":{"type":"object","properties":{"kind":{"enum":["circle","square"],"title":"Kind","type":"string"},\
                "radius":{"title":"Radius","type":"number"},"side":{"title":"Side","type":"integer"}},"required":["kind"],\
                "title":"Figure"}}
                """
            ),
            (
                Hostile.ByHand.self,
                """
                {"ByHand":{"type":"object","properties":{"there":{"title":"There","type":"integer"},"null":{"anyOf":[{"type":\
                "string"},{"type":"null"}],"title":"Null"},"both":{"anyOf":[{"type":"boolean"},{"type":"null"}],"default":\
                null,"title":"Both"},"inner":{"properties":{"there":{"$ref":"#/$defs/Point"}},"required":["there"],"title":\
                "Inner","type":"object"},"list":{"items":{"type":"integer"},"title":"List","type":"array"}},"required":\
                ["null","inner","list"],"title":"ByHand"},"Point":{"type":"object","properties":{"x":{"title":"X","type":\
                "integer"},"y":{"anyOf":[{"type":"number"},{"type":"null"}],"default":null,"title":"Y"}},"required":["x"],\
                "title":"Point"}}
                """
            ),
            (
                Hostile.AnyJSON.self,
                """
                {"AnyJSON":{"anyOf":[{"type":"boolean"},{"type":"number"},{"type":"string"},{"items":{"$ref":\
                "#/$defs/AnyJSON"},"type":"array"},{"additionalProperties":{"$ref":"#/$defs/AnyJSON"},"type":"object"},\
                {"type":"null"}],"title":"AnyJSON"}}
                """
            ),
            (
                Hostile.Wrapping.self,
                """
                {"Wrapping":{"type":"object","properties":{"amount":{"title":"Amount","type":"integer"}},"required":\
                ["amount"],"title":"Wrapping"}}
                """
            ),
            (
                Hostile.Large.self,
                """
                {"Large":{"type":"object","properties":{"signed":{"title":"Signed","type":"integer"},"unsigned":{"anyOf":\
                [{"type":"integer"},{"type":"null"}],"default":null,"title":"Unsigned"},"float":{"anyOf":[{"type":"number"},\
                {"type":"null"}],"default":null,"title":"Float"}},"required":["signed"],"title":"Large"}}
                """
            ),
            (
                Hostile.Generic<Int>.self,
                """
                {"Generic_Int_":{"type":"object","properties":{"value":{"title":"Value","type":"integer"}},"required":\
                ["value"],"title":"Generic<Int>"}}
                """
            ),
        ]
    }

    @Test("described in $defs", arguments: defined.indices) func inDefinitions(index: Int) throws {
        let (type, json) = Self.defined[index]
        let schema = try JSONSchema.input(of: [SchemaParameter(name: "v", type: type)])
        let written = try schema["$defs"]?.jsonString()
        #expect(written == json)
    }

    static var problems: [(type: any Decodable.Type, message: String)] {
        [
            (
                Hostile.Never.self,
                "'v' is of the type Never, whose init(from:) takes none of the values tried: Refusal()"
            ),
            (
                [Hostile.HoldsOpaque].self,
                "'v[].shapes[]' is of the type Opaque, whose cases cannot be listed: make it CaseIterable"
            ),
            (Hostile.Endless.self, "'v' is of the type Endless, which holds itself without end"),
            (
                Hostile.Branches.self,
                "'v.branch.list[].shapes[]' is of the type Opaque, whose cases cannot be listed: make it CaseIterable"
            ),
            (Hostile.Chain.self, "'v' is of the type Chain, which holds itself without end"),
            (Hostile.Digs.self, "'v' is of the type Digs, which has containers more than 64 deep"),
            (Hostile.Numbered.self, "'v' is of the type Numbered, which asks for values without end"),
        ]
    }

    @Test("problems", arguments: problems.indices) func problem(index: Int) {
        let (type, message) = Self.problems[index]
        let problem = #expect(throws: SchemaProblem.self) {
            try JSONSchema.input(of: [SchemaParameter(name: "v", type: type)])
        }
        #expect(problem?.message == message)
    }

    @Test("ends with a problem, of generic types without end", arguments: [0, 1]) func endlessGenerics(index: Int) {
        let types: [any Decodable.Type] = [Hostile.Growing<Int>.self, Hostile.Branching<Int>.self]
        let problem = #expect(throws: SchemaProblem.self) {
            try JSONSchema.input(of: [SchemaParameter(name: "v", type: types[index])])
        }
        #expect(problem?.message.hasSuffix("which is more than 64 types deep") == true)
    }

    @Test("ends, of types that ask without end") func questionsWithoutEnd() {
        for type in [Hostile.Loops.self, Hostile.Counts.self, Hostile.Nests.self] as [any Decodable.Type] {
            _ = try? JSONSchema.input(of: [SchemaParameter(name: "v", type: type)])
        }
    }

    @Test("types of the same name get longer names") func clash() throws {
        let schema = try JSONSchema.input(of: [
            SchemaParameter(name: "a", type: Point.self), SchemaParameter(name: "b", type: [Hostile.Outer.Point].self),
            SchemaParameter(name: "c", type: Empty.self),
        ])
        #expect(schema["$defs"]?.object?.keys == ["Point", "Hostile__Outer__Point", "Empty"])
        #expect(schema["properties"]?["b"]?["items"]?["$ref"] == "#/$defs/Hostile__Outer__Point")
    }

    @Test("types of the same name in functions get numbers") func localClash() throws {
        func types() -> [any Decodable.Type] {
            struct Local: Decodable { var a: Int }
            return [Local.self]
        }
        func others() -> [any Decodable.Type] {
            struct Local: Decodable { var b: Int }
            return [Local.self]
        }
        let schema = try JSONSchema.input(
            of: (types() + others()).enumerated().map { SchemaParameter(name: "p\($0)", type: $1) })
        #expect(
            schema["$defs"]?.object?.keys == [
                "JSONSchemasTests__ProbingTests__Local__1", "JSONSchemasTests__ProbingTests__Local__2",
            ])
    }
    @Test("a default that is not known only makes a parameter not required") func unknownDefault() throws {
        let schema = try JSONSchema.input(of: [SchemaParameter(name: "a", type: Int.self, hasDefault: true)])
        #expect(
            try JSONValue.object(schema).jsonString()
                == #"{"type":"object","properties":{"a":{"title":"A","type":"integer"}}}"#)
    }
}
