import Documents
import Foundation
import TestSupport
import Testing
import Values

@Suite(.supervised) struct JSONTests {
    @Test func documentsAreAnsweredAsJSON() throws {
        let id = try #require(ObjectID("6B015470a54b554be6ab1d79"))
        let uuid = try #require(UUID(uuidString: "F47AC10B-58CC-4372-A567-0E02B2C3D479"))
        let document: BSONDocument = [
            "_id": .objectID(id), "b": 1, "a": .int64(1 << 40), "d": .date(Date(timeIntervalSince1970: 1.5)), "x": 2.0,
            "bytes": .binary(BSONBinary([1, 2])), "uuid": try BSONEncoder().encodeValue(uuid),
            "price": .decimal128(try #require(Decimal128("1.50"))), "like": .regex(BSONRegex("^a", options: "i")),
            "at": .timestamp(BSONTimestamp(seconds: 1, increment: 2)), "low": .minKey, "code": .javaScript("f()"),
            "list": [nil, true, .undefined, ["z": "text"]],
        ]
        let expected =
            #"{"_id":"6b015470a54b554be6ab1d79","b":1,"a":1099511627776,"d":"1970-01-01T00:00:01.500Z","x":2.0,"#
            + #""bytes":"AQI=","uuid":"F47AC10B-58CC-4372-A567-0E02B2C3D479","price":"1.50","#
            + #""like":{"pattern":"^a","options":"i"},"at":{"seconds":1,"increment":2},"low":"MinKey","code":"f()","#
            + #""list":[null,true,null,{"z":"text"}]}"#
        #expect(String(decoding: try ValueEncoder().encodeToBytes(document), as: UTF8.self) == expected)
        #expect(
            String(decoding: try ValueEncoder().encodeToBytes(["d": document]), as: UTF8.self) == #"{"d":\#(expected)}"#
        )
        #expect(try JSONValue.object(document.json).jsonString() == expected)
    }

    @Test func typesAreInJSONWhatTheirValuesAre() throws {
        func check(_ own: some Encodable, _ value: BSONValue) throws {
            #expect(try ValueEncoder().encode(own) == value.json)
            #expect(try ValueEncoder().encode(value) == value.json)
        }
        let id = ObjectID()
        try check(id, .objectID(id))
        for binary in [BSONBinary([1, 2]), BSONBinary([UInt8](0..<16), subtype: 4), BSONBinary([1], subtype: 4)] {
            try check(binary, .binary(binary))
        }
        try check(BSONRegex("a", options: "xi"), .regex(BSONRegex("a", options: "ix")))
        let timestamp = BSONTimestamp(seconds: 1, increment: 2)
        try check(timestamp, .timestamp(timestamp))
        let decimal = Decimal128(high: 0x3040 << 48, low: 1)
        try check(decimal, .decimal128(decimal))
        try check(Date(timeIntervalSince1970: 0.25), .date(Date(timeIntervalSince1970: 0.25)))
    }

    @Test func datesThatJSONHasNoTextForAreMilliseconds() {
        #expect(BSONValue.date(Date(timeIntervalSince1970: -1e12)).json == .integer(-1_000_000_000_000_000))
    }

    @Test func jsonBecomesADocumentInItsOrder() throws {
        let json = try JSONValue(parsing: #"{"z":1,"a":{"y":3000000000,"b":[1.0,"t",null,false]}}"#)
        let document = try BSONDocument(try #require(json.object))
        #expect(document == ["z": .int32(1), "a": ["y": .int64(3_000_000_000), "b": [.double(1), "t", nil, false]]])
        #expect(try BSONValue(json) == .document(document))
        #expect(try ValueDecoder().decode(BSONDocument.self, from: json) == document)
        #expect(try ValueDecoder().decode(BSONValue.self, from: json) == .document(document))
        #expect(document.json == json.object)
    }

    @Test func typesAreDecodedFromWhatTheyAreInJSON() throws {
        func check<T: Codable & Equatable>(_ value: T) throws {
            #expect(try ValueDecoder().decode(T.self, from: ValueEncoder().encode(value)) == value)
            #expect(try JSONDecoder().decode([T].self, from: JSONEncoder().encode([value])) == [value])
        }
        try check(ObjectID())
        try check(BSONBinary([1, 2, 3]))
        try check(BSONBinary([UInt8](0..<16), subtype: 4))
        try check(BSONRegex("a", options: "i"))
        try check(BSONTimestamp(seconds: 1, increment: 2))
        try check(Decimal128(high: 0x3040 << 48, low: 1))
        try check(["a": [1, nil, "t", 1.5, false]] as BSONDocument)
        try check([1, ["a": "b"]] as BSONValue)
        #expect(try ValueDecoder().decode(BSONRegex.self, from: ["pattern": "a"]) == BSONRegex("a"))
    }

    @Test func saysWhatJSONCannotBeTakenAsWhere() throws {
        func check<T: Decodable>(_ type: T.Type, _ json: JSONValue, _ path: String, _ message: String) {
            let error = #expect(throws: DecodingError.self) {
                try ValueDecoder().decode([String: T].self, from: ["v": json])
            }
            #expect(error?.valuePath == path)
            #expect(error?.valueMessage == message)
        }
        check(ObjectID.self, "xyz", "v", "expected an object id of 24 hexadecimal digits, found text \"xyz\"")
        check(ObjectID.self, nil, "v", "expected an object id of 24 hexadecimal digits, found null")
        check(BSONBinary.self, "?", "v", "expected base64 text or a UUID, found text \"?\"")
        check(Decimal128.self, 1, "v", "expected a decimal number as text, found the integer 1")
        check(BSONDocument.self, [1], "v", "expected an object (JSONObject), found a list")
        check(
            BSONDocument.self, ["a": [.bigInteger("99999999999999999999")]], "v.a[0]",
            "the integer 99999999999999999999 does not fit the 64 bits that MongoDB has for one")
    }
}
