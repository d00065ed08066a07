import TestSupport
import Testing
import Values

@Suite(.supervised) struct JSONObjectTests {
    @Test(arguments: [3, 16, 17, 200]) func keepsOrderThroughChanges(count: Int) {
        var object = JSONObject((0..<count).map { ("k\($0)", .integer(Int64($0))) })
        object["k1"] = "new"
        object["k0"] = nil
        object["k0"] = "last"
        object["none"] = nil
        #expect(object.keys == (1..<count).map { "k\($0)" } + ["k0"])
        #expect(object["k1"] == "new")
        #expect(object["k0"] == "last")
        #expect(object["k\(count - 1)"] == .integer(Int64(count - 1)))
        #expect(object.count == count)
    }

    @Test(arguments: [2, 40]) func isEqualInWhateverOrder(count: Int) {
        let members: [(String, JSONValue)] = (0..<count).map { ("k\($0)", [.integer(Int64($0))]) }
        let object = JSONObject(members)
        #expect(object == JSONObject(members.reversed()))
        #expect(object.hashValue == JSONObject(members.reversed()).hashValue)
        #expect(object != JSONObject(members.dropLast()))
        #expect(object != JSONObject(members.dropLast() + [("k0", 5), ("x", 1)]))
    }

    @Test func mergesAtTheTopLevelOnly() {
        var object: JSONObject = ["a": 1, "b": ["c": 1]]
        object.merge(["b": ["d": 2], "e": 3])
        #expect(object == ["a": 1, "b": ["d": 2], "e": 3])
        #expect(object.keys == ["a", "b", "e"])
    }

    @Test func aCopyIsIndependent() {
        let original = JSONObject((0..<30).map { ("k\($0)", true) })
        var copy = original
        copy["k30"] = false
        copy["k3"] = nil
        #expect(original.count == 30)
        #expect(original["k3"] == true)
        #expect(original["k30"] == nil)
        #expect(copy["k3"] == nil)
    }

    @Test func keysAreComparedByTheirBytes() {
        var object = JSONObject()
        object["\u{E9}"] = 1
        object["e\u{301}"] = 2
        for index in 0..<30 { object["k\(index)"] = nil; object["k\(index)"] = 0 }
        #expect(object["\u{E9}"] == 1)
        #expect(object["e\u{301}"] == 2)
        #expect(object.count == 32)
        for index in 0..<300 {
            object["\u{E9}\(index)"] = 3
            object["e\u{301}\(index)"] = 4
        }
        #expect(object.count == 632)
    }
}
