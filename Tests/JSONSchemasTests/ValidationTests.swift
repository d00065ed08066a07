import JSONSchemas
import TestSupport
import Testing
import Values

@Suite("Violations", .supervised) struct ValidationTests {
    private static let recursive =
        ##"{"$ref":"#/$defs/N","$defs":{"N":{"properties":{"n":{"anyOf":[{"$ref":"#/$defs/N"},{"type":"null"}]}},"##
        + ##""required":["v"]}}}"##

    /// The cases: a schema, a value, and the expected violations, each a path and a message with a space between
    /// them, separated by `; `.
    static let table: [(schema: String, value: String, violations: String)] = [
        (#"{"type":"integer"}"#, "3", ""),
        (#"{"type":"integer"}"#, "3.0", ""),
        (#"{"type":"integer"}"#, "123456789012345678901234567890", ""),
        (#"{"type":"integer"}"#, "3.5", "must be an integer, not 3.5"),
        (#"{"type":"integer"}"#, "true", "must be an integer, not true"),
        (#"{"type":"integer"}"#, #""x""#, #"must be an integer, not "x""#),
        (#"{"type":"number"}"#, "false", "must be a number, not false"),
        (#"{"type":"number"}"#, "1", ""),
        (#"{"type":"string"}"#, "[1]", "must be text, not a list"),
        (#"{"type":"array"}"#, "{}", "must be a list, not an object"),
        (#"{"type":"boolean"}"#, "0", "must be true or false, not 0"),
        (#"{"type":"null"}"#, "0", "must be null, not 0"),
        (#"{"type":["string","null"]}"#, "null", ""),
        (#"{"type":["string","null"]}"#, "1", "must be text or null, not 1"),
        (#"{"type":"unheard-of"}"#, "1", ""),
        (#"{"enum":["fast","slow"],"type":"string"}"#, #""slow""#, ""),
        (#"{"enum":["fast","slow"]}"#, #""warp""#, #"must be one of "fast", "slow", not "warp""#),
        (#"{"enum":[1,2]}"#, "1.0", ""),
        (#"{"enum":[[1]]}"#, "[1.0]", ""),
        (#"{"enum":["only"]}"#, "1", #"must be "only", not 1"#),
        (#"{"const":{"a":1}}"#, #"{"a":1.0}"#, ""),
        (#"{"const":"a"}"#, #""b""#, #"must be "a", not "b""#),
        (#"{"minimum":1,"maximum":5}"#, "0", "must be at least 1, not 0"),
        (#"{"minimum":1,"maximum":5}"#, "5.5", "must be at most 5, not 5.5"),
        (
            #"{"minimum":9007199254740993}"#, "9007199254740992",
            "must be at least 9007199254740993, not 9007199254740992"
        ),
        (#"{"exclusiveMinimum":1,"exclusiveMaximum":5}"#, "1", "must be more than 1, not 1"),
        (#"{"exclusiveMinimum":1,"exclusiveMaximum":5}"#, "5.0", "must be less than 5, not 5.0"),
        (#"{"multipleOf":0.1}"#, "0.3", ""),
        (#"{"multipleOf":3}"#, "7", "must be a multiple of 3, not 7"),
        (#"{"multipleOf":0}"#, "7", ""),
        (#"{"multipleOf":-1}"#, "-9223372036854775808", ""),
        (#"{"multipleOf":0.5}"#, "1e308", ""),
        (#"{"minLength":1}"#, #""""#, #"must have at least 1 character, not """#),
        (#"{"minLength":2}"#, #""👨‍👩‍👧""#, ""),
        (#"{"maxLength":2}"#, #""abc""#, "must have at most 2 characters, not 3"),
        (#"{"pattern":"^a+$"}"#, #""aaa""#, ""),
        (#"{"pattern":"b"}"#, #""abc""#, ""),
        (#"{"pattern":"^a+$"}"#, #""ab""#, #"must match the pattern ^a+$, not be "ab""#),
        (#"{"pattern":"("}"#, #""ab""#, ""),
        (#"{"format":"date-time"}"#, #""2026-01-02T03:04:05Z""#, ""),
        (#"{"format":"date-time"}"#, #""soon""#, #"must be a date and time like "2026-01-02T03:04:05Z", not "soon""#),
        (#"{"format":"uuid"}"#, #""1""#, #"must be a UUID, not "1""#),
        (#"{"format":"uri"}"#, #""https://example.com/a?b""#, ""),
        (#"{"format":"base64"}"#, #""a""#, #"must be base64 text, not "a""#),
        (#"{"format":"colour"}"#, #""a""#, ""),
        (
            #"{"items":{"type":"integer"}}"#, #"[1,"x",2,null]"#,
            #"[1] must be an integer, not "x"; [3] must be an integer, not null"#
        ),
        (#"{"minItems":2}"#, "[1]", "must have at least 2 elements, not 1"),
        (#"{"maxItems":1}"#, "[1,2]", "must have at most 1 element, not 2"),
        (#"{"uniqueItems":true}"#, "[1,2,1.0]", "must not hold 1.0 more than once"),
        (#"{"uniqueItems":true}"#, "[1,true]", ""),
        (
            #"{"prefixItems":[{"type":"integer"},{"type":"string"}],"items":false}"#, #"[1,2,3]"#,
            "[1] must be text, not 2; [2] is not taken"
        ),
        (
            #"{"properties":{"a":{"type":"integer"}},"required":["a","b"]}"#, #"{"a":"x"}"#,
            #"b is missing; a must be an integer, not "x""#
        ),
        (
            #"{"properties":{"a":{}},"additionalProperties":false}"#, #"{"a":1,"zoom":2}"#,
            "'zoom' is not a property that is taken"
        ),
        (#"{"additionalProperties":{"type":"integer"}}"#, #"{"a":"x"}"#, #"a must be an integer, not "x""#),
        (
            #"{"properties":{"p":{"items":{"properties":{"x":{"type":"integer"}}}}}}"#, #"{"p":[{},{"x":null}]}"#,
            "p[1].x must be an integer, not null"
        ),
        (
            #"{"propertyNames":{"enum":["a","b"]}}"#, #"{"c":1}"#,
            #"has the property 'c', whose name must be one of "a", "b", not "c""#
        ),
        (#"{"anyOf":[{"type":"integer"},{"type":"null"}]}"#, #""x""#, #"must be an integer, not "x""#),
        (#"{"anyOf":[{"type":"integer"},{"type":"null"}]}"#, "null", ""),
        (
            #"{"anyOf":[{"type":"integer"},{"type":"string"},{"type":"null"}]}"#, "[]",
            "must be an integer, text or null, not a list"
        ),
        (
            #"{"anyOf":[{"type":"string"},{"items":{"type":"integer"},"type":"array"}]}"#, "[null]",
            "[0] must be an integer, not null"
        ),
        (
            #"{"oneOf":[{"type":"number"},{"type":"integer"}]}"#, "1",
            "fits more than one of the forms that exclude one another"
        ),
        (#"{"oneOf":[{"type":"string"},{"type":"integer"}]}"#, "1", ""),
        (#"{"allOf":[{"minimum":2},{"maximum":0}]}"#, "1", "must be at least 2, not 1; must be at most 0, not 1"),
        (#"{"not":{"type":"null"}}"#, "null", "must not be null"),
        (
            #"{"if":{"type":"string"},"then":{"minLength":2},"else":{"minimum":2}}"#, #""x""#,
            #"must have at least 2 characters, not "x""#
        ),
        (#"{"if":{"type":"string"},"then":{"minLength":2},"else":{"minimum":2}}"#, "1", "must be at least 2, not 1"),
        (##"{"$ref":"#/$defs/P","$defs":{"P":{"type":"string"}}}"##, "1", "must be text, not 1"),
        (##"{"$ref":"#/$defs/Q"}"##, "1", ""),
        (##"{"$ref":"other.json"}"##, "1", ""),
        (##"{"$ref":"#/$defs/a~1b","$defs":{"a/b":{"type":"string"}}}"##, "1", "must be text, not 1"),
        (##"{"$ref":"#"}"##, "1", ""),
        (
            ##"{"$ref":"#/$defs/A","$defs":{"A":{"$ref":"#/$defs/B"},"B":{"$ref":"#/$defs/A","type":"null"}}}"##, "1",
            "must be null, not 1"
        ),
        (
            recursive,
            #"{"v":1,"n":{"v":1,"n":{}}}"#, "n.n.v is missing"
        ),
        ("{}", "1", ""),
        (#"{"properties":3,"required":"a","items":4,"anyOf":{},"enum":1,"minimum":"x"}"#, "{}", ""),
    ]

    @Test("of schemas", arguments: table.indices) func violations(index: Int) throws {
        let (schema, value, expected) = Self.table[index]
        let object = try #require(try JSONValue(parsing: schema).object)
        let violations = JSONSchema.violations(of: try JSONValue(parsing: value), against: object)
        #expect(violations.map(\.description).joined(separator: "; ") == expected, "\(schema) \(value)")
    }

    @Test("long values are cut") func longValues() throws {
        let text = String(repeating: "long ", count: 1_000)
        let violation = try #require(JSONSchema.violations(of: .string(text), against: ["type": "integer"]).first)
        #expect(violation.message.count < 100)
        #expect(violation.message.hasSuffix("…\""))
    }

    @Test("of many values the first hundred are told") func many() {
        let values = JSONValue.array([JSONValue](repeating: "x", count: 100_000))
        let violations = JSONSchema.violations(of: values, against: ["items": ["type": "integer"]])
        #expect(violations.count == 100)
        #expect(violations.last?.path == "[99]")
    }

    @Test("a long list is looked at to its end") func longList() {
        let values = JSONValue.array([JSONValue](repeating: 1, count: 200_000) + ["x"])
        let violations = JSONSchema.violations(of: values, against: ["items": ["type": "integer"]])
        #expect(violations.map(\.path) == ["[200000]"])
    }

    @Test("schemas that branch without end come to an end", .supervised) func branching() throws {
        let schema: JSONObject = [
            "$ref": "#/$defs/A",
            "$defs": [
                "A": [
                    "anyOf": [
                        ["properties": ["x": ["$ref": "#/$defs/A"]], "required": ["y"]],
                        ["properties": ["x": ["$ref": "#/$defs/A"]], "required": ["z"]],
                    ]
                ]
            ],
        ]
        var value: JSONValue = [:]
        for _ in 0..<200 { value = ["x": value] }
        _ = JSONSchema.violations(of: value, against: schema)
    }

    @Test("values may be as deep as JSON is read") func deep() throws {
        let schema = try JSONSchema.input(of: [
            SchemaParameter(name: "any", type: Hostile.AnyJSON.self), SchemaParameter(name: "tree", type: Node.self),
        ])
        var any: JSONValue = ["x"]
        var tree: JSONValue = ["value": "x", "children": [], "by_name": [:]]
        for _ in 0..<997 { any = [any] }
        for _ in 0..<498 { tree = ["value": 1, "children": [tree], "by_name": [:]] }
        let violations = JSONSchema.violations(of: ["any": any, "tree": tree], against: schema)
        #expect(violations.map(\.message) == ["must be an integer, not \"x\""])
    }

    @Test("what a described function takes") func function() throws {
        let schema = try JSONSchema.input(of: [
            SchemaParameter(name: "points", type: [Point].self), SchemaParameter(name: "mode", type: Mode?.self),
            SchemaParameter(name: "tree", type: Hostile.Tree.self, hasDefault: true),
        ])
        func told(_ json: String) throws -> [String] {
            JSONSchema.violations(of: try JSONValue(parsing: json), against: schema).map(\.description)
        }
        #expect(try told(#"{"points":[{"x":1},{"x":2,"y":null}],"mode":null}"#).isEmpty)
        #expect(
            try told(#"{"points":[{"x":1},{"y":"1"},{"x":2.5}],"mode":"warp"}"#) == [
                "points[1].x is missing", #"points[1].y must be a number, not "1""#,
                "points[2].x must be an integer, not 2.5", #"mode must be one of "fast", "slow", not "warp""#,
            ])
        #expect(try told("{}") == ["points is missing"])
        let tree =
            #"{"points":[],"tree":{"branch":{"left":{"first":{"leaf":{"_0":"x"}},"#
            + #""second":{"nothing":{}}},"_1":{}}}}"#
        #expect(
            try told(tree) == [
                "tree.branch.left.first.leaf._0 must be an integer, not \"x\"",
                "tree.branch._1 must be an object with exactly one of the properties 'branch', 'leaf' or 'nothing'",
            ])
    }
}
