import Documents
import Foundation
import TestSupport
import Testing
import Values

@Suite(.supervised) struct ExtendedJSONTests {
    private static func date(_ milliseconds: Int64) -> BSONValue {
        .date(Date(timeIntervalSince1970: Double(milliseconds) / 1_000))
    }

    private static func id() throws -> ObjectID { try #require(ObjectID("56e1fc72e0c917e9c4714161")) }

    private static func decimal(_ text: String) throws -> BSONValue { .decimal128(try #require(Decimal128(text))) }

    private static func uuid(_ text: String) throws -> BSONValue {
        try BSONEncoder().encodeValue(try #require(UUID(uuidString: text)))
    }

    private static func value(_ text: String) throws -> BSONValue {
        try BSONValue(extendedJSON: JSONValue(parsing: text))
    }

    static let canonical: [(BSONValue, String)] = [
        ("text \"\u{0}é", #""text \"\u0000é""#),
        (nil, "null"),
        (true, "true"),
        (.int32(-2_147_483_648), #"{"$numberInt":"-2147483648"}"#),
        (.int64(1), #"{"$numberLong":"1"}"#),
        (.int64(.min), #"{"$numberLong":"-9223372036854775808"}"#),
        (1.0, #"{"$numberDouble":"1.0"}"#),
        (0.1, #"{"$numberDouble":"0.1"}"#),
        (1.2345678921232e18, #"{"$numberDouble":"1.2345678921232e+18"}"#),
        (.double(.leastNonzeroMagnitude), #"{"$numberDouble":"5e-324"}"#),
        (.double(-.greatestFiniteMagnitude), #"{"$numberDouble":"-1.7976931348623157e+308"}"#),
        (.double(.infinity), #"{"$numberDouble":"Infinity"}"#),
        (.double(-.infinity), #"{"$numberDouble":"-Infinity"}"#),
        (date(0), #"{"$date":{"$numberLong":"0"}}"#),
        (date(1_356_351_330_501), #"{"$date":{"$numberLong":"1356351330501"}}"#),
        (date(-284_643_869_501), #"{"$date":{"$numberLong":"-284643869501"}}"#),
        (date(253_402_300_800_000), #"{"$date":{"$numberLong":"253402300800000"}}"#),
        (.binary(BSONBinary([])), #"{"$binary":{"base64":"","subType":"00"}}"#),
        (.binary(BSONBinary([255, 255])), #"{"$binary":{"base64":"//8=","subType":"00"}}"#),
        (.binary(BSONBinary([255, 255], subtype: 128)), #"{"$binary":{"base64":"//8=","subType":"80"}}"#),
        (
            .binary(BSONBinary([UInt8](0..<16), subtype: 4)),
            #"{"$binary":{"base64":"AAECAwQFBgcICQoLDA0ODw==","subType":"04"}}"#
        ),
        (.regex(BSONRegex("a/b\\d", options: "im")), #"{"$regularExpression":{"pattern":"a/b\\d","options":"im"}}"#),
        (.timestamp(BSONTimestamp(seconds: 123, increment: 42)), #"{"$timestamp":{"t":123,"i":42}}"#),
        (
            .timestamp(BSONTimestamp(seconds: .max, increment: .max)),
            #"{"$timestamp":{"t":4294967295,"i":4294967295}}"#
        ),
        (.minKey, #"{"$minKey":1}"#),
        (.maxKey, #"{"$maxKey":1}"#),
        (.javaScript("f()"), #"{"$code":"f()"}"#),
        (.javaScriptWithScope("f(x)", [:]), #"{"$code":"f(x)","$scope":{}}"#),
        (
            .javaScriptWithScope("f(x)", ["x": 1, "g": .javaScript("")]),
            #"{"$code":"f(x)","$scope":{"x":{"$numberInt":"1"},"g":{"$code":""}}}"#
        ),
        (.symbol("a"), #"{"$symbol":"a"}"#),
        (.undefined, #"{"$undefined":true}"#),
        (["b": 1, "a": [nil, 2.0]], #"{"b":{"$numberInt":"1"},"a":[null,{"$numberDouble":"2.0"}]}"#),
        ([:], "{}"),
        ([], "[]"),
    ]

    @Test(arguments: canonical)
    func everyTypeHasItsForm(value: BSONValue, text: String) throws {
        #expect(try value.extendedJSON.jsonString() == text)
        #expect(try Self.value(text) == value)
    }

    @Test func identitiesAndDecimalsHaveTheirForm() throws {
        let id = try Self.id()
        let document: BSONDocument = [
            "_id": .objectID(id), "pointer": .dbPointer(collection: "shop.carts", id: id),
            "prices": [try Self.decimal("1.50"), try Self.decimal("-Infinity"), try Self.decimal("0E-6176")],
        ]
        let oid = #"{"$oid":"56e1fc72e0c917e9c4714161"}"#
        let text =
            #"{"_id":\#(oid),"pointer":{"$dbPointer":{"$ref":"shop.carts","$id":\#(oid)}},"#
            + #""prices":[{"$numberDecimal":"1.50"},{"$numberDecimal":"-Infinity"},{"$numberDecimal":"0E-6176"}]}"#
        #expect(try JSONValue.object(document.extendedJSON).jsonString() == text)
        #expect(try Self.value(text) == .document(document))
    }

    @Test func signsOfZeroAndWhatIsNoNumberAreKept() throws {
        #expect((-0.0 as BSONValue).extendedJSON == ["$numberDouble": "-0.0"])
        #expect(try Self.value(#"{"$numberDouble":"-0.0"}"#).double?.sign == .minus)
        for number in [Double.nan, -.nan, .signalingNaN] {
            #expect(BSONValue(number).extendedJSON == ["$numberDouble": "NaN"])
        }
        #expect(try Self.value(#"{"$numberDouble":"NaN"}"#).double?.isNaN == true)
        #expect(try Self.value(#"{"$numberDecimal":"NaN"}"#).extendedJSON == ["$numberDecimal": "NaN"])
    }

    @Test(
        arguments: [
            ("1", .int32(1)), ("2147483648", .int64(1 << 31)),
            ("1.0", .double(1)), ("-0.0", .double(-0.0)), ("1e3", .double(1_000)),
            (#"{"$date":"1970-01-01T00:00:00Z"}"#, date(0)),
            (#"{"$date":"2012-12-24T12:15:30.501Z"}"#, date(1_356_351_330_501)),
            (#"{"$date":"2012-12-24T13:15:30.5+01:00"}"#, date(1_356_351_330_500)),
            (#"{"$date":"2012-12-24T06:45:30.123456789-0530"}"#, date(1_356_351_330_123)),
            (#"{"$date":"1960-12-24T12:15:30.499Z"}"#, date(-284_643_869_501)),
            (#"{"$binary":{"subType":"5","base64":"AQI="}}"#, .binary(BSONBinary([1, 2], subtype: 5))),
            (#"{"$regularExpression":{"options":"xi","pattern":"a"}}"#, .regex(BSONRegex("a", options: "ix"))),
            (#"{"$scope":{"x":1},"$code":"x"}"#, .javaScriptWithScope("x", ["x": 1])),
            (#"{"$numberDouble":"1E+3"}"#, .double(1_000)), (#"{"$numberDouble":"-5"}"#, .double(-5)),
            (#"{"$numberInt":"007"}"#, .int32(7)), (#"{"a":[1,{"$numberLong":"2"}]}"#, ["a": [1, .int64(2)]]),
        ] as [(String, BSONValue)])
    func relaxedFormsAreRead(text: String, value: BSONValue) throws {
        #expect(try Self.value(text) == value)
    }

    @Test func uuidsAreRead() throws {
        let text = "73ffd264-44b3-4c69-90e8-e7d1dfc035d4"
        #expect(try Self.value(#"{"$uuid":"\#(text)"}"#) == Self.uuid(text))
    }

    @Test func integersBeyond64BitsAreRefused() {
        #expect(throws: DecodingError.self) { try Self.value("9223372036854775808") }
    }

    @Test(
        arguments: [
            (#"{"$gt":1}"#, ["$gt": 1]),
            (#"{"$regex":"^a","$options":"i"}"#, ["$regex": "^a", "$options": "i"]),
            (
                #"{"$regex":{"$regularExpression":{"pattern":"a","options":""}},"$options":"i"}"#,
                ["$regex": .regex(BSONRegex("a")), "$options": "i"]
            ),
            (#"{"$type":"string"}"#, ["$type": "string"]),
            (#"{"$ref":"c","$id":1,"$db":"d"}"#, ["$ref": "c", "$id": 1, "$db": "d"]),
            (#"{"$scope":{}}"#, ["$scope": [:]]),
            (#"{"$":1,"":2,"$numberint":"1"}"#, ["$": 1, "": 2, "$numberint": "1"]),
            (#"{"$and":[{"at":{"$lt":{"$date":{"$numberLong":"0"}}}}]}"#, ["$and": [["at": ["$lt": date(0)]]]]),
        ] as [(String, BSONDocument)])
    func otherDollarKeysAreFields(text: String, document: BSONDocument) throws {
        #expect(try BSONDocument(extendedJSON: try #require(JSONValue(parsing: text).object)) == document)
    }

    @Test func randomDocumentsComeBackAsTheyWere() throws {
        for seed in 0..<3_000 {
            var generator = DocumentGenerator(seed: seed, hasCanonicalDecimals: true)
            let document = generator.document(levels: 6)
            #expect(try BSONDocument(extendedJSON: document.extendedJSON) == document, "seed \(seed)")
            let text = try JSONValue.object(document.extendedJSON).jsonString()
            #expect(try Self.value(text) == .document(document), "seed \(seed)")
        }
    }

    @Test func aHundredLevelsAreTaken() throws {
        func document(levels: Int, around value: BSONValue = [:]) -> BSONDocument {
            (0..<levels).reduce(["value": value]) { document, level in
                level % 2 == 0 ? ["next": .javaScriptWithScope("", document)] : ["next": .document(document)]
            }
        }
        let deep = document(levels: 98, around: ["date": Self.date(0)])
        #expect(try BSONDocument(bsonBytes: deep.bsonBytes) == deep)
        #expect(try BSONDocument(extendedJSON: deep.extendedJSON) == deep)
        for levels in [99, 2_000] {
            let error = #expect(throws: DecodingError.self) {
                try BSONDocument(extendedJSON: document(levels: levels).extendedJSON)
            }
            #expect(error?.valueMessage.hasSuffix("nested more than 100 deep, which is MongoDB's limit") == true)
        }
        let lists = (0..<101).reduce("x" as JSONValue) { json, _ in [json] }
        #expect(try BSONValue(extendedJSON: lists[0] ?? nil).array?.count == 1)
        #expect(throws: DecodingError.self) { try BSONValue(extendedJSON: lists) }
        let dates = (0..<5_000).reduce("x" as JSONValue) { json, _ in ["$date": json] }
        #expect(throws: DecodingError.self) { try BSONValue(extendedJSON: dates) }
        let scopes = (0..<5_000).reduce([:] as JSONValue) { json, _ in ["$code": "", "$scope": json] }
        #expect(throws: DecodingError.self) { try BSONValue(extendedJSON: scopes) }
    }
}
