import Documents
import Foundation
import TestSupport
import Testing

@Suite(.supervised) struct BSONDocumentTests {
    @Test func literalsMakeTheKindsThatTheySay() {
        let document: BSONDocument = [
            "int32": 1, "int64": 3_000_000_000, "double": 1.5, "string": "t", "bool": true, "null": nil,
            "list": [1, "two"], "document": ["a": 1],
        ]
        #expect(
            document.map(\.value) == [
                .int32(1), .int64(3_000_000_000), .double(1.5), .string("t"), .bool(true), .null,
                .array([.int32(1), .string("two")]), .document(["a": .int32(1)]),
            ])
        #expect([BSONValue(Int32.min), BSONValue(Int(Int32.max) + 1)] == [.int32(.min), .int64(1 << 31)])
        #expect(BSONValue(Int8(-1)) == -1)
    }

    @Test func fieldsKeepTheirPlaces() {
        var document: BSONDocument = ["b": 1, "a": 2, "c": 3]
        document["a"] = "new"
        document["d"] = 4
        document["b"] = nil
        #expect(document.keys == ["a", "c", "d"])
        #expect(document["a"] == "new")
        #expect(document["b"] == nil)
        #expect(document[1] == (key: "c", value: 3))
        #expect(BSONDocument([("x", 1), ("y", 2), ("x", 3)]) == ["x": 3, "y": 2])
    }

    @Test func equalityMindsTheOrder() {
        #expect(["a": 1, "b": 2] as BSONDocument != ["b": 2, "a": 1])
        #expect(Set([["a": 1], ["a": 1], ["a": .int64(1)]] as [BSONDocument]).count == 2)
    }

    @Test func keysAreTheSameWhenTheirBytesAre() {
        let document: BSONDocument = ["\u{E9}": 1, "e\u{301}": 2]
        #expect(document.count == 2)
        #expect(document["e\u{301}"] == 2)
        #expect(["\u{E9}": 1] as BSONDocument != ["e\u{301}": 1])
    }

    @Test func mergingReplacesInPlaceAndAddsAtTheEnd() {
        var document: BSONDocument = ["a": 1, "b": ["x": 1]]
        document.merge(["c": 3, "b": ["y": 2], "a": nil])
        #expect(document == ["a": nil, "b": ["y": 2], "c": 3])
    }

    @Test func removingTellsTheValue() {
        var document: BSONDocument = ["a": 1, "b": 2]
        #expect(document.removeValue(forKey: "a") == 1)
        #expect(document.removeValue(forKey: "a") == nil)
        #expect(document == ["b": 2])
    }

    @Test func manyFieldsAreFoundAsFewAre() throws {
        var document = BSONDocument((0..<1_000).map { ("key\($0)", BSONValue($0)) })
        for number in stride(from: 0, to: 1_000, by: 2) { document["key\(number)"] = nil }
        document["key1"] = "one"
        document["last"] = "end"
        document["key0"] = 0
        #expect(document.count == 502)
        #expect(document.keys.suffix(3) == ["key999", "last", "key0"])
        for number in 3..<1_000 {
            #expect(document["key\(number)"]?.integer == (number % 2 == 0 ? nil : Int64(number)))
        }
        #expect(document["key1"] == "one")
        #expect(try BSONDocument(bsonBytes: document.bsonBytes) == document)
    }

    @Test func theFirstOfRepeatedFieldsCounts() throws {
        // { "a": 1, "a": 2 }, which the server may hold.
        let fields: [UInt8] = [0x10, 0x61, 0, 1, 0, 0, 0, 0x10, 0x61, 0, 2, 0, 0, 0]
        let document = try BSONDocument(bsonBytes: [19, 0, 0, 0] + fields + [0])
        #expect(document.map(\.value) == [1, 2])
        #expect(document["a"] == 1)
        #expect(try BSONDecoder().decode([String: Int].self, from: document) == ["a": 1])
        #expect(try document.bsonBytes.count == 19)
    }

    @Test func describesItself() throws {
        let document: BSONDocument = [
            "_id": .objectID(try #require(ObjectID("6b015470a54b554be6ab1d79"))), "a \"quoted\" key": 1, "d": 2.0,
            "when": .date(Date(timeIntervalSince1970: 0)), "list": [nil, true, "t"],
            "bytes": .binary(BSONBinary([1, 2])), "price": .decimal128(try #require(Decimal128("1.50"))),
            "like": .regex(BSONRegex("^a", options: "mi")), "at": .timestamp(BSONTimestamp(seconds: 1, increment: 2)),
        ]
        let expected =
            #"{"_id": ObjectID(6b015470a54b554be6ab1d79), "a \"quoted\" key": 1, "d": 2.0, "#
            + #""when": Date(1970-01-01T00:00:00Z), "list": [null, true, "t"], "bytes": Binary(0, AQI=), "#
            + #""price": Decimal128(1.50), "like": /^a/im, "at": Timestamp(1, 2)}"#
        #expect(document.description == expected)
        #expect(BSONDocument().description == "{}")
    }
}
