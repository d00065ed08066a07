import Documents
import TestSupport
import Testing
import Values

@Suite(.supervised) struct ExtendedJSONErrorTests {
    private func check(_ text: String, _ path: String, _ message: String) throws {
        let json = try #require(JSONValue(parsing: text).object)
        let error = #expect(throws: DecodingError.self, "\(text)") { try BSONDocument(extendedJSON: json) }
        #expect(error?.valuePath == path)
        #expect(error?.valueMessage == message)
    }

    @Test(
        arguments: [
            (#"{"$oid":"56e1"}"#, "a.$oid", #"expected 24 hexadecimal digits as text, found text "56e1""#),
            (#"{"$oid":42}"#, "a.$oid", "expected 24 hexadecimal digits as text, found the integer 42"),
            (#"{"$numberInt":1}"#, "a.$numberInt", "expected an integer of 32 bits as text, found the integer 1"),
            (
                #"{"$numberInt":"2147483648"}"#, "a.$numberInt",
                #"expected an integer of 32 bits as text, found text "2147483648""#
            ),
            (#"{"$numberLong":"1.5"}"#, "a.$numberLong", #"expected an integer of 64 bits as text, found text "1.5""#),
            (#"{"$symbol":null}"#, "a.$symbol", "expected text, found null"),
            (#"{"$minKey":true}"#, "a.$minKey", "expected 1, found true"),
            (#"{"$maxKey":2}"#, "a.$maxKey", "expected 1, found the integer 2"),
            (#"{"$undefined":false}"#, "a.$undefined", "expected true, found false"),
            (
                #"{"$numberDecimal":"x"}"#, "a.$numberDecimal",
                #"expected a number of at most 34 digits as text, found text "x""#
            ),
            (
                #"{"$date":{"$numberLong":0}}"#, "a.$date.$numberLong",
                "expected an integer of 64 bits as text, found the integer 0"
            ),
            (#"{"$timestamp":1}"#, "a.$timestamp", #"expected an object of "t" and "i", found the integer 1"#),
            (#"{"$timestamp":{"t":1}}"#, "a.$timestamp.i", "is missing"),
            (
                #"{"$timestamp":{"t":-1,"i":1}}"#, "a.$timestamp.t",
                "expected an integer from 0 to 4294967295, found the integer -1"
            ),
            (#"{"$timestamp":{"t":1,"i":1,"x":1}}"#, "a.$timestamp.x", #"expected nothing but "t" and "i" here"#),
            (
                #"{"$binary":{"base64":"?","subType":"00"}}"#, "a.$binary.base64",
                #"expected base64 text, found text "?""#
            ),
            (#"{"$binary":"","$type":"00"}"#, "a.$type", #"expected nothing but "$binary" here"#),
            (#"{"$regularExpression":{"pattern":"a"}}"#, "a.$regularExpression.options", "is missing"),
            (
                #"{"$regularExpression":{"pattern":1,"options":""}}"#, "a.$regularExpression.pattern",
                "expected text, found the integer 1"
            ),
            (
                #"{"$dbPointer":{"$ref":"c","$id":"1"}}"#, "a.$dbPointer.$id",
                #"expected {"$oid": 24 hexadecimal digits as text}, found text "1""#
            ),
            (
                #"{"$dbPointer":{"$ref":"c","$id":{"$oid":"1"}}}"#, "a.$dbPointer.$id.$oid",
                #"expected 24 hexadecimal digits as text, found text "1""#
            ),
            (#"{"$code":1}"#, "a.$code", "expected text, found the integer 1"),
            (#"{"$code":"","x":1}"#, "a.x", #"expected nothing but "$code" and "$scope" here"#),
            (#"{"$code":"","$scope":1}"#, "a.$scope", "expected a document, found the integer 1"),
            (#"{"$code":"","$scope":{"$minKey":1}}"#, "a.$scope", "expected a document, found an object"),
            (
                #"{"$code":"","$scope":{"x":{"$oid":1}}}"#, "a.$scope.x.$oid",
                "expected 24 hexadecimal digits as text, found the integer 1"
            ),
            (#"{"x":1,"$oid":"56e1fc72e0c917e9c4714161"}"#, "a.x", #"expected nothing but "$oid" here"#),
            (
                #"[0,{"$oid":"56e1fc72e0c917e9c4714161","$minKey":1}]"#, "a[1].$minKey",
                #"expected nothing but "$oid" here"#
            ),
        ])
    func saysWhatIsWrongWhere(text: String, path: String, message: String) throws {
        try check(#"{"a":\#(text)}"#, path, message)
    }

    @Test(arguments: ["nan", "inf", "+Infinity", "0x10", "1e400", " 1", "1 ", "1,5", ""])
    func otherNamesOfNumbersAreRefused(text: String) throws {
        try check(
            #"{"a":{"$numberDouble":"\#(text)"}}"#, "a.$numberDouble",
            #"expected a number, Infinity, -Infinity or NaN as text, found text "\#(text)""#)
    }

    @Test(arguments: ["", "000", "g", "+1", "-0", "１"])
    func otherSubtypesAreRefused(text: String) throws {
        try check(
            #"{"a":{"$binary":{"base64":"","subType":"\#(text)"}}}"#, "a.$binary.subType",
            #"expected one or two hexadecimal digits as text, found text "\#(text)""#)
    }

    @Test(
        arguments: [
            "73ffd264-44b3-4c69-90e8-e7d1dfc035d4-4567", "73ffd264-44b3-90e8-e7d1dfc035d4",
            "73ffd-26444b34c6-990e8e-7d1dfc035d4", "73ffd26444b34c6990e8e7d1dfc035d4",
        ])
    func otherUUIDsAreRefused(text: String) throws {
        try check(#"{"a":{"$uuid":"\#(text)"}}"#, "a.$uuid", #"expected a UUID as text, found text "\#(text)""#)
    }

    @Test(
        arguments: [
            ("1356351330501", "the integer 1356351330501"), (#""yesterday""#, #"text "yesterday""#),
            (#""2012-12-24T12:15:30""#, #"text "2012-12-24T12:15:30""#), ("{}", "an object"), ("null", "null"),
        ])
    func otherDatesAreRefused(text: String, found: String) throws {
        try check(
            #"{"a":{"$date":\#(text)}}"#, "a.$date",
            #"expected a date such as 2026-01-02T03:04:05Z, or {"$numberLong": milliseconds since 1970 as text}, "#
                + "found \(found)")
    }

    @Test func valuesThatAreNoDocumentsAreRefused() throws {
        try check(
            #"{"$oid":"56e1fc72e0c917e9c4714161"}"#, "", "expected a document, found an object id")
    }

    @Test func integersBeyondTheLargestDoubleAreRefused() throws {
        let digits = String(repeating: "9", count: 400)
        try check(
            #"{"a":[\#(digits)]}"#, "a[0]",
            "the integer \(digits.prefix(50))… does not fit the 64 bits that MongoDB has for one")
    }
}
