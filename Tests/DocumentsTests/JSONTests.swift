import Documents
import Foundation
import Testing
import Values

@Suite struct JSONTests {
    @Test func documentsAreAnsweredAsJSON() throws {
        let id = try #require(ObjectID("6B015470a54b554be6ab1d79"))
        let document: BSONDocument = [
            "_id": .objectID(id), "b": 1, "a": .int64(1 << 40), "d": .date(Date(timeIntervalSince1970: 1.5)), "x": 2.0,
            "bytes": .binary(BSONBinary([1, 2])), "list": [nil, true, ["z": "text"]],
        ]
        let expected =
            #"{"_id":"6b015470a54b554be6ab1d79","b":1,"a":1099511627776,"d":"1970-01-01T00:00:01.500Z","x":2.0,"bytes":"AQI=","list":[null,true,{"z":"text"}]}"#
        #expect(String(decoding: try ValueEncoder().encodeToBytes(document), as: UTF8.self) == expected)
        #expect(try JSONValue.object(document.json).jsonString() == expected)
    }

    @Test func jsonBecomesADocumentInItsOrder() throws {
        let json = try JSONValue(parsing: #"{"z":1,"a":{"y":3000000000,"b":[1.0,"t",null,false]}}"#)
        let document = try BSONDocument(try #require(json.object))
        #expect(document == ["z": .int32(1), "a": ["y": .int64(3_000_000_000), "b": [.double(1), "t", nil, false]]])
        #expect(try ValueDecoder().decode(BSONDocument.self, from: json) == document)
    }

    @Test func anObjectIDIsDecodedFromItsDigits() throws {
        let id = ObjectID()
        #expect(try ValueDecoder().decode(ObjectID.self, from: .string(id.description)) == id)
        #expect(throws: DecodingError.self) { try ValueDecoder().decode(ObjectID.self, from: "xyz") }
    }
}

@Suite struct ObjectIDTests {
    @Test func noTwoAreTheSame() async {
        let all = await withTaskGroup(of: [ObjectID].self) { group in
            for _ in 0..<4 { group.addTask { (0..<5_000).map { _ in ObjectID() } } }
            return await group.reduce(into: [ObjectID]()) { $0 += $1 }
        }
        #expect(Set(all).count == 20_000)
    }

    @Test(arguments: ["", "123", "6b015470a54b554be6ab1d7", "6b015470a54b554be6ab1d7g", "+b015470a54b554be6ab1d79"])
    func takesNothingButTwentyFourDigits(text: String) {
        #expect(ObjectID(text) == nil)
    }

    @Test func knowsWhenItWasMade() {
        #expect(abs(ObjectID().date.timeIntervalSinceNow) < 5)
        #expect(ObjectID("000000010000000000000000")?.date == Date(timeIntervalSince1970: 1))
    }
}

@Suite struct Decimal128Tests {
    @Test(arguments: [
        "0", "-0", "1", "0.1", "-1.50", "123456789.000000001", "1E+3", "9.999999999999999999999999999999999E+6144",
        "1E-6176", "0E+6111", "0.000001", "1E-7", "NaN", "Infinity", "-Infinity",
        "1234567890123456789012345678901234",
    ])
    func textsComeBackAsTheyWere(text: String) {
        #expect(Decimal128(text)?.description == text)
    }

    @Test(arguments: [
        ("1.", "1"), (".5", "0.5"), ("1e3", "1E+3"), ("+7", "7"), ("inf", "Infinity"), ("10E+6111", "1.0E+6112"),
        ("1E+6112", "1.0E+6112"), ("00012", "12"),
    ])
    func otherTextsMeanTheSame(text: String, canonical: String) {
        #expect(Decimal128(text)?.description == canonical)
    }

    @Test(arguments: ["", ".", "e5", "1.2.3", "abc", "1e", "12345678901234567890123456789012345", "1E-6177", "1E+7000"])
    func refusesWhatDoesNotFit(text: String) {
        #expect(Decimal128(text) == nil)
    }
}

@Suite struct BytesTests {
    @Test func aDocumentHasTheBytesOfTheSpecification() throws {
        let bytes = try (["hello": "world"] as BSONDocument).bsonBytes
        #expect(bytes == [0x16, 0, 0, 0, 2] + Array("hello\0".utf8) + [6, 0, 0, 0] + Array("world\0".utf8) + [0])
        #expect(try BSONDocument(bsonBytes: bytes) == ["hello": "world"])
    }

    @Test func bytesThatAreNoDocumentAreRefused() throws {
        let bytes = try
            (["a": 1, "b": ["c": "text", "d": [1.5, nil]], "e": .binary(BSONBinary([1, 2]))] as BSONDocument)
            .bsonBytes
        for end in 0..<bytes.count {
            #expect(throws: BSONBytesError.self) { try BSONDocument(bsonBytes: Array(bytes[..<end])) }
        }
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<20_000 {
            var changed = bytes
            changed[Int.random(in: 0..<changed.count, using: &generator)] = UInt8.random(
                in: .min ... .max, using: &generator)
            // Whatever it is taken for, it is no crash.
            _ = try? BSONDocument(bsonBytes: changed)
        }
    }
}
