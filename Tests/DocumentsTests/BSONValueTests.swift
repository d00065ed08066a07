import Documents
import Foundation
import TestSupport
import Testing

@Suite(.supervised) struct BSONValueTests {
    @Test func readersReadTheirKindOnly() {
        let id = ObjectID()
        let date = Date(timeIntervalSince1970: 1)
        let values: [BSONValue] = [
            "t", 1, 1.5, true, .date(date), .objectID(id), ["a": 1], [1], nil, .decimal128(Decimal128(high: 0, low: 0)),
        ]
        #expect(values.compactMap(\.string) == ["t"])
        #expect(values.compactMap(\.integer) == [1])
        #expect(values.compactMap(\.double) == [1, 1.5])
        #expect(values.compactMap(\.bool) == [true])
        #expect(values.compactMap(\.date) == [date])
        #expect(values.compactMap(\.objectID) == [id])
        #expect(values.compactMap(\.document) == [["a": 1]])
        #expect(values.compactMap(\.array) == [[1]])
        #expect(values.filter(\.isNull) == [nil])
    }

    @Test(
        arguments: [
            (.int32(7), 7), (.int64(1 << 40), 1 << 40), (.double(7), 7), (.double(-0.0), 0), (.double(7.5), nil),
            (.double(9.3e18), nil), (.double(.nan), nil), (.double(.infinity), nil), ("7", nil), (true, nil),
        ] as [(BSONValue, Int64?)])
    func integralNumbersAreIntegers(value: BSONValue, integer: Int64?) {
        #expect(value.integer == integer)
    }

    @Test func subscriptsReachInside() {
        let value: BSONValue = ["list": [1, ["x": "deep"]]]
        #expect(value["list"]?[1]?["x"] == "deep")
        #expect(value["list"]?[2] == nil)
        #expect(value["list"]?[-1] == nil)
        #expect(value["none"] == nil)
        #expect(value[0] == nil)
        #expect((1 as BSONValue)["a"] == nil)
    }
}
