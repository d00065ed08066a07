import JSONSchemas
import TestSupport
import Testing
import Values

@Suite("Results that are only Encodable", .supervised) struct EncodingTests {
    static var described: [(type: any Any.Type, json: String)] {
        [
            (
                Written.Mixed.self,
                """
                {"Mixed":{"type":"object","properties":{"small":{"title":"Small","type":"integer"},"is_flag":{"title":\
                "Is Flag","type":"boolean"},"text":{"title":"Text","type":"string"},"maybe":{"anyOf":[{"$ref":\
                "#/$defs/Inner"},{"type":"null"}],"default":null},"list":{"items":{"$ref":"#/$defs/Inner"},"title":\
                "List","type":"array"},"large":{"title":"Large","type":"integer"},"mode":{"enum":["fast","slow"],"title":\
                "Mode","type":"string"}},"required":["small","is_flag","text","list","large","mode"],"title":"Mixed"},\
                "Inner":{"type":"object","properties":{"a":{"title":"A","type":"integer"},"b":{"title":"B","type":\
                "number"}},"required":["a","b"],"title":"Inner"}}
                """
            ),
            (
                Written.ByHand.self,
                """
                {"ByHand":{"type":"object","properties":{"double":{"title":"Double","type":"number"},"list":{"items":\
                {"type":"integer"},"title":"List","type":"array"},"inner":{"properties":{"name":{"title":"Name","type":\
                "null"}},"required":["name"],"title":"Inner","type":"object"},"name":{"title":"Name","type":"string"}},\
                "required":["double","list","inner"],"title":"ByHand"}}
                """
            ),
            (
                Written.Wrapper.self,
                """
                {"Point":{"type":"object","properties":{"x":{"title":"X","type":"integer"},"y":{"anyOf":[{"type":\
                "number"},{"type":"null"}],"default":null,"title":"Y"}},"required":["x"],"title":"Point"}}
                """
            ),
            (
                Written.Generic<PlainTypes.Mode?>.self,
                """
                {"Generic_Optional_Mode__":{"type":"object","properties":{"value":{"anyOf":[{"enum":["fast","slow"],\
                "type":"string"},{"type":"null"}],"title":"Value"}},"required":["value"],"title":\
                "Generic<Optional<Mode>>"}}
                """
            ),
        ]
    }

    @Test("described", arguments: described.indices) func description(index: Int) throws {
        let (type, json) = Self.described[index]
        let written = try JSONSchema.output(of: type)["$defs"]?.jsonString()
        #expect(written == json)
    }

    static var problems: [(type: any Any.Type, message: String)] {
        let noSample = "which only encodes itself and of which no sample can be made: make it Codable"
        func no(_ type: String, _ field: String) -> String {
            "the result is of the type \(type), which only encodes itself, with a \(field) of which no sample can be"
                + " made: make it Codable"
        }
        return [
            (NotCodable.self, "the result is of the type NotCodable, which has no JSON form: make it Codable"),
            ((Int, Int).self, "the result is of the type (Int, Int), which has no JSON form: make it Codable"),
            ([Written.Base].self, "'output[]' is of the type Base, \(noSample)"),
            (Written.Holder.self, "'output.nodes[]' is of the type Node, \(noSample)"),
            (Written.HoldsClass.self, "the result is of the type HoldsClass, \(noSample)"),
            (Written.HoldsWeak.self, "the result is of the type HoldsWeak, \(noSample)"),
            (Written.HoldsUnowned.self, "the result is of the type HoldsUnowned, \(noSample)"),
            (Written.HoldsUnownedOptional.self, "the result is of the type HoldsUnownedOptional, \(noSample)"),
            (Written.HoldsExistential.self, "the result is of the type HoldsExistential, \(noSample)"),
            (Written.HoldsClosure.self, "the result is of the type HoldsClosure, \(noSample)"),
            (Written.HoldsPointer.self, no("HoldsPointer", "UnsafePointer<Int>")),
            (Written.HoldsSlice.self, no("HoldsSlice", "ArraySlice<Int>")),
            (Written.HoldsTuple.self, no("HoldsTuple", "(Int, Base)")),
            (Written.Payload.self, "the result is of the type Payload, \(noSample)"),
            (Written.HoldsPayload.self, no("HoldsPayload", "Payload")),
            (
                Written.Throwing.self,
                "the result is of the type Throwing, whose encode(to:) does not take the value tried: Refusal()"
            ),
        ]
    }

    @Test("problems", arguments: problems.indices) func problem(index: Int) {
        let (type, message) = Self.problems[index]
        let problem = #expect(throws: SchemaProblem.self) { try JSONSchema.output(of: type) }
        #expect(problem?.message == message)
    }
}
