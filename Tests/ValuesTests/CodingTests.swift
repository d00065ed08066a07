import Foundation
import TestSupport
import Testing
import Values

@Suite(.supervised) struct CodingTests {
    private func roundTrip<T: Codable>(_ value: T) throws -> T {
        let text = try ValueEncoder().encodeToBytes(value)
        return try ValueDecoder().decode(T.self, from: try JSONValue(parsing: text))
    }

    @Test func everythingComesBack() throws {
        let value = Everything()
        #expect(try roundTrip(value) == value)
        #expect(try ValueDecoder().decode(Everything.self, from: try ValueEncoder().encode(value)) == value)
    }

    @Test func encodesAsWritten() throws {
        let encoded = try #require(try ValueEncoder().encode(Everything()).object)
        #expect(encoded.keys.prefix(4) == ["int", "int8", "int16", "int32"])
        #expect(encoded["int64"] == .integer(.min))
        #expect(encoded["uint64"] == .bigInteger("18446744073709551615"))
        #expect(encoded["int128"] == .bigInteger("-170141183460469231731687303715884105728"))
        #expect(encoded["float"] == .double(0.1))
        #expect(encoded["colour"] == "green")
        #expect(encoded["shapes"]?[0] == ["dot": [:]])
        #expect(encoded["shapes"]?[1] == ["circle": ["centre": ["x": 1, "y": 2], "radius": 2.5]])
        #expect(encoded["shapes"]?[2] == ["text": ["_0": "hello"]])
        #expect(encoded["holes"] == [1, nil, 3])
        #expect(encoded["absent"] == nil)
        #expect(encoded["byName"] == ["a b": ["x": 5, "y": 6]])
        #expect(encoded["byNumber"] == ["7": "seven"])
        #expect(encoded["byColour"] == ["red": 1])
        #expect(encoded["pairs"] == [1.5, 2])
        #expect(encoded["date"] == "2026-01-02T03:04:05.250Z")
        #expect(encoded["data"] == "AAH+/w==")
        #expect(encoded["url"] == "https://example.org/a?b=c")
        #expect(encoded["uuid"] == "E621E1F8-C36C-495A-93FC-0C247A3E6E5F")
        #expect(encoded["decimal"] == 12.5)
    }

    @Test func scalarsAndListsEncodeAtTheTop() throws {
        let encoder = ValueEncoder()
        #expect(try encoder.encodeToBytes("a\"b") == Array(#""a\"b""#.utf8))
        #expect(try encoder.encodeToBytes(42) == Array("42".utf8))
        #expect(try encoder.encodeToBytes(1.0) == Array("1.0".utf8))
        #expect(try encoder.encodeToBytes(true) == Array("true".utf8))
        #expect(try encoder.encodeToBytes(Int?.none) == Array("null".utf8))
        #expect(try encoder.encodeToBytes(Int?.some(1)) == Array("1".utf8))
        #expect(try encoder.encodeToBytes([1, 2]) == Array("[1,2]".utf8))
        #expect(try encoder.encodeToBytes([Point(x: 1, y: 2)]) == Array(#"[{"x":1,"y":2}]"#.utf8))
        #expect(try encoder.encode(Decimal(3)) == 3)
        #expect(
            try encoder.encode(try #require(Decimal(string: "123456789012345678901234567890")))
                == .bigInteger("123456789012345678901234567890"))
    }

    @Test(arguments: [true, false]) func inheritsThroughASuperclassContainer(usesSuperKey: Bool) throws {
        let dog = Dog(name: "Rex", tricks: ["sit"], usesSuperKey: usesSuperKey)
        let encoded = try ValueEncoder().encode(dog)
        #expect(encoded == [usesSuperKey ? "super" : "parent": ["name": "Rex"], "tricks": ["sit"]])
        let decoded = try ValueDecoder().decode(Dog.self, from: encoded)
        #expect((decoded.name, decoded.usesSuperKey) == ("Rex", usesSuperKey))
        #expect(decoded.tricks == ["sit"])
    }

    @Test func inheritsThroughTheSameContainer() throws {
        let encoded = try ValueEncoder().encode(Cat(name: "Tom", lives: 9))
        #expect(encoded == ["name": "Tom", "lives": 9])
        let decoded = try ValueDecoder().decode(Cat.self, from: encoded)
        #expect((decoded.name, decoded.lives) == ("Tom", 9))
    }

    @Test func nestedContainersMayBeFilledInAnyOrder() throws {
        let encoded = try ValueEncoder().encode(Crossed())
        #expect(encoded == ["object": ["a": 1, "d": nil], "list": [[2, 3], ["a": "four"], 5]])
        #expect(try ValueDecoder().decode(Crossed.self, from: encoded) == Crossed())
    }

    @Test func optionalsTakeMissingMembersAndNull() throws {
        struct Options: Codable, Equatable { var a: Int?; var b: Point?; var c: [String]? }
        #expect(try ValueDecoder().decode(Options.self, from: [:]) == Options())
        #expect(try ValueDecoder().decode(Options.self, from: ["a": nil, "b": nil, "c": nil]) == Options())
        #expect(try ValueDecoder().decode(Options.self, from: ["a": 1, "c": []]) == Options(a: 1, c: []))
        #expect(try ValueDecoder().decode(Int?.self, from: nil) == nil)
    }

    @Test func typesThatEncodeNothingAreEmptyObjects() throws {
        struct Nothing: Codable {
            func encode(to encoder: any Encoder) {}; init() {}; init(from decoder: any Decoder) {}
        }
        struct Empty: Codable {}
        #expect(try ValueEncoder().encode([Nothing()]) == [[:]])
        #expect(try ValueEncoder().encode(Empty()) == [:])
    }

    @Test func jsonValuesPassUnchanged() throws {
        struct Wrapper: Codable, Equatable { var any: JSONValue; var object: JSONObject }
        let value: JSONValue = [
            "any": ["z": 1.0, "a": .bigInteger("123456789012345678901234567890123456789012345"), "m": [nil, 1]],
            "object": ["y": 1, "x": 2],
        ]
        let wrapper = try ValueDecoder().decode(Wrapper.self, from: value)
        let encoded = try ValueEncoder().encode(wrapper)
        #expect(try encoded.jsonString() == value.jsonString())
        #expect(try ValueDecoder().decode([String: JSONValue].self, from: value)["any"] == value["any"])
        #expect(try ValueDecoder().decode([JSONValue]?.self, from: [1, "a"]) == [1, "a"])
    }

    @Test func jsonValuesGoThroughForeignCoders() throws {
        let value: JSONValue = [
            "text": "é", "list": [1, 2.5, nil, true, "x", [:], []], "object": ["a": ["b": -1]],
            "big": .bigInteger("18446744073709551615"),
        ]
        let data = try JSONEncoder().encode(value)
        #expect(try JSONValue(parsing: Array(data)) == value)
        #expect(try JSONDecoder().decode(JSONValue.self, from: data) == value)
        #expect(try JSONDecoder().decode(JSONObject.self, from: data) == value.object)
    }

    @Test func encodesDeepListsUpToTheLimit() throws {
        final class Link: Encodable {
            let next: Link?
            init(_ next: Link?) { self.next = next }
            func encode(to encoder: any Encoder) throws {
                var container = encoder.unkeyedContainer()
                if let next { try container.encode(next) }
            }
        }
        func chain(_ count: Int) -> Link { (1..<count).reduce(Link(nil)) { link, _ in Link(link) } }
        #expect(try ValueEncoder().encodeToBytes(chain(1_000)).count == 2_000)
        let error = try #require(throws: EncodingError.self) { try ValueEncoder().encode(chain(1_001)) }
        #expect("\(error)".contains("nested more than 1,000 deep"))
    }
}
