import Failures
import TestSupport
import Testing

@testable import Surfaces

@Suite(.supervised)
struct QueryTests {
    @Test(arguments: [
        ("name=Ada+L&age=36", ["name: Ada L", "age: 36"]), ("a=1&a=2", ["a: 1", "a: 2"]), ("", []), ("&&", []),
        ("a", ["a: "]), ("a=", ["a: "]), ("=b", [": b"]), ("a=b=c", ["a: b=c"]), ("a+b=%2B%26%3D", ["a b: +&="]),
        ("%61=%C3%A9", ["a: é"]), ("a&\u{301}=b", ["a: ", "\u{301}: b"]),
    ])
    func readsNamesAndValuesInOrder(query: String, expected: [String]) throws {
        #expect(try Query.parse(query.utf8, called: "query").map { "\($0.name): \($0.value)" } == expected)
    }

    @Test(arguments: [
        ("a%2eb", "a.b"), ("%4A%4a", "JJ"), ("a+b", "a+b"), ("%", "%"), ("%4", "%4"), ("%4g", "%4g"), ("%g4", "%g4"),
        ("%%41", "%A"), ("%41", "A"), ("%F0%9F%98%80", "😀"), ("%09%c2%aF", "\t\u{AF}"), ("a%2", "a%2"),
    ])
    func decodesHexadecimalPairsOnly(text: String, expected: String) throws {
        #expect(try Query.decode(text) == expected)
    }

    @Test(arguments: ["%E9", "caf%e9", "%C3", "a=%FF&b", "%F0%9F%98"]) func refusesBytesThatAreNotUTF8(text: String) {
        #expect(throws: Failure.self) { try Query.parse(text.utf8, called: "query") }
        #expect(throws: Failure.self) { try Query.decode(text) }
    }
}
