import Documents
import Foundation
import TestSupport
import Testing
import Values

@Suite(.supervised) struct CodingTests {
    @Test func dictionariesAreSortedAsTheyHaveNoOrder() throws {
        struct Holder: Encodable {
            var fields: [String: Int]
        }
        let fields = Dictionary(uniqueKeysWithValues: (0..<50).map { (String(format: "k%02d", $0), $0) })
        let sorted = (0..<50).map { String(format: "k%02d", $0) }
        #expect(try BSONEncoder().encode(fields).keys == sorted)
        #expect(try BSONEncoder().encode(Holder(fields: fields))["fields"]?.document?.keys == sorted)
        #expect(try BSONValue(encoding: [fields])[0]?.document?.keys == sorted)
        #expect(try BSONValue(encoding: ["a", "b"]) == ["a", "b"])
    }

    @Test func valuesComeBackAsTheyWere() throws {
        let whole = Whole()
        let document = try BSONEncoder().encode(whole)
        #expect(try BSONDecoder().decode(Whole.self, from: document) == whole)
        #expect(try BSONDecoder().decode(Whole.self, from: BSONDocument(bsonBytes: document.bsonBytes)) == whole)
    }

    @Test func valuesTakeTheKindsThatBSONHas() throws {
        let whole = Whole()
        let document = try BSONEncoder().encode(whole)
        #expect(
            document.keys == [
                "_id", "text", "small", "large", "double", "flag", "date", "uuid", "data", "bytes", "url", "price",
                "mode", "parts", "map", "matrix", "shapes", "anything", "json", "object", "explicit", "handed",
            ])
        #expect(document["_id"] == .objectID(whole._id))
        #expect(document["small"] == .int32(-1))
        #expect(document["large"] == .int64(1 << 40))
        #expect(document["date"] == .date(whole.date))
        #expect(
            document["uuid"] == .binary(BSONBinary(withUnsafeBytes(of: whole.uuid.uuid) { [UInt8]($0) }, subtype: 4)))
        #expect(document["data"] == .binary(BSONBinary([1, 2, 3])))
        #expect(document["bytes"] == [1, 2, 3])
        #expect(document["url"] == "http://a/b")
        #expect(document["price"] == .decimal128(try #require(Decimal128("-12.5"))))
        #expect(document["mode"] == "slow")
        #expect(document["parts"] == [["x": 1], ["x": 2, "y": 0.5]])
        #expect(document["matrix"] == [[1, nil], []])
        #expect(document["shapes"] == [["point": [:]], ["circle": ["radius": 1.0]], ["named": ["_0": "n", "_1": 2]]])
        #expect(document["anything"] == ["a": [1, nil]])
        #expect(document["json"] == ["z": 1, "a": [2.0, nil]])
        #expect(document["object"] == ["z": 1, "a": ["b": true]])
        #expect(document["explicit"] == ["value": nil])
        #expect(document["handed"] == .objectID(whole.handed.value))
    }

    @Test func allIntegersTakeTheBitsThatTheyNeed() throws {
        func check<Integer: FixedWidthInteger & Codable>(_ type: Integer.Type) throws {
            for number in [Integer.min, 0, 1, Integer.max] {
                guard let fitting = Int64(exactly: number) else { continue }
                let document = try BSONEncoder().encode(["n": number])
                #expect(document["n"] == (Int32(exactly: fitting).map { .int32($0) } ?? .int64(fitting)))
                #expect(try BSONDecoder().decode([String: Integer].self, from: document) == ["n": number])
                #expect(try BSONDecoder().decode([Integer?].self, at: [.int64(fitting), nil]) == [number, nil])
            }
        }
        try check(Int.self)
        try check(Int8.self)
        try check(Int16.self)
        try check(Int32.self)
        try check(Int64.self)
        try check(Int128.self)
        try check(UInt.self)
        try check(UInt8.self)
        try check(UInt16.self)
        try check(UInt32.self)
        try check(UInt64.self)
        try check(UInt128.self)
    }

    @Test func theLargestIntegerTypesAreTakenByAllContainers() throws {
        let large = Large(signed: -1, unsigned: 1 << 40, single: Large.Single(3), list: Large.List(-4, 5))
        let document = try BSONEncoder().encode(large)
        #expect(document == ["signed": -1, "unsigned": .int64(1 << 40), "single": 3, "list": [-4, 5]])
        #expect(try BSONDecoder().decode(Large.self, from: document) == large)
    }

    @Test(arguments: [.int32(7), .int64(7), .double(7)] as [BSONValue])
    func anIntegralNumberOfAnyKindIsAnInteger(value: BSONValue) throws {
        #expect(try BSONDecoder().decode(Part.self, from: ["x": value, "y": value]) == Part(x: 7, y: 7))
    }

    @Test(
        arguments: [
            .double(-0.5), .string("t"), ["a": [1, nil]], [1, [2.5]], .binary(BSONBinary([1], subtype: 128)),
            .objectID(ObjectID()), false, .date(Date(timeIntervalSince1970: -0.001)), nil,
            .regex(BSONRegex("^a", options: "i")), .int32(1), .int64(1),
            .timestamp(BSONTimestamp(seconds: 1, increment: 2)), .decimal128(Decimal128(high: 0x3040 << 48, low: 1)),
            .minKey, .maxKey, .javaScript("f()"), .javaScriptWithScope("f(x)", ["x": 1]), .symbol("s"),
            .dbPointer(collection: "c", id: ObjectID()), .undefined,
        ] as [BSONValue])
    func valuesOfEveryKindPassThrough(value: BSONValue) throws {
        let document = try BSONEncoder().encode(["d": ["v": Handed(value)]])
        #expect(document == ["d": ["v": value]])
        let decoded = try BSONDecoder().decode([String: [String: Handed<BSONValue>]].self, from: document)
        #expect(decoded == ["d": ["v": Handed(value)]])
        #expect(try BSONDocument(bsonBytes: document.bsonBytes) == document)
    }

    @Test func theTypesOfThisModuleAreWhatTheyAre() throws {
        struct Own: Codable, Equatable {
            var regex = Handed(BSONRegex("a", options: "i"))
            var timestamp = Handed(BSONTimestamp(seconds: 1, increment: 2))
            var decimal = Handed(Decimal128(high: 0x3040 << 48, low: 1))
            var binary = Handed(BSONBinary([1], subtype: 5))
            var document = Handed(["b": 1, "a": 2] as BSONDocument)
        }
        let document = try BSONEncoder().encode(Own())
        #expect(
            document == [
                "regex": .regex(Own().regex.value), "timestamp": .timestamp(Own().timestamp.value),
                "decimal": .decimal128(Own().decimal.value), "binary": .binary(Own().binary.value),
                "document": ["b": 1, "a": 2],
            ])
        #expect(try BSONDecoder().decode(Own.self, from: document) == Own())
        #expect(try BSONEncoder().encode(document) == document)
        #expect(try BSONDecoder().decode(BSONDocument.self, from: document) == document)
    }

    @Test func inheritanceEncodesUnderSuper() throws {
        let document = try BSONEncoder().encode(Derived())
        #expect(document == ["super": ["base": 1], "derived": 2])
        let decoded = try BSONDecoder().decode(Derived.self, from: ["super": ["base": 7], "derived": 8])
        #expect((decoded.base, decoded.derived) == (7, 8))
    }

    @Test func datesAreKeptToTheMillisecond() throws {
        let stored = try BSONDocument(
            bsonBytes: BSONEncoder().encode(["d": Date(timeIntervalSince1970: 1.234_567), "e": .distantPast]).bsonBytes)
        let dates = try BSONDecoder().decode([String: Date].self, from: stored)
        #expect(dates == ["d": Date(timeIntervalSince1970: 1.235), "e": .distantPast])
    }

    @Test func decimalsAreKeptExactly() throws {
        for text in ["0", "0.1", "-12345678901234567890123456789012.34", "1e100", "1e-100"] {
            let number = try #require(Decimal(string: text))
            let document = try BSONEncoder().encode(["n": number])
            #expect(try BSONDecoder().decode([String: Decimal].self, from: document) == ["n": number])
        }
        #expect(try BSONDecoder().decode([String: Decimal].self, from: ["n": 3]) == ["n": 3])
        #expect(throws: DecodingError.self) { try BSONDecoder().decode([String: Decimal].self, from: ["n": 0.1]) }
        let tiny = try #require(Decimal128("1E-6000"))
        #expect(throws: DecodingError.self) {
            try BSONDecoder().decode([String: Decimal].self, from: ["n": .decimal128(tiny)])
        }
    }
}

extension BSONDecoder {
    /// Decodes a value from a list, which is not a document.
    func decode<T: Decodable>(_ type: T.Type, at elements: [BSONValue]) throws -> T {
        try decodeValue(type, from: .array(elements))
    }
}
