import Documents
import Foundation
import Testing
import Values

@Suite struct CodingTests {
    enum Mode: String, Codable { case fast, slow }
    struct Part: Codable, Equatable { var x: Int, y: Double? }
    struct Whole: Codable, Equatable {
        var _id = ObjectID()
        var text = "t"
        var small: Int8 = -1
        var large: UInt64 = 1 << 40
        var double = 1.5
        var flag = true
        var date = Date(timeIntervalSince1970: 1_700_000_000.125)
        var uuid = UUID()
        var data = Data([1, 2, 3])
        var url = URL(string: "http://a/b")
        var mode = Mode.slow
        var parts = [Part(x: 1, y: nil), Part(x: 2, y: 0.5)]
        var map = ["k": 1]
        var none: String?
        var anything: BSONValue = ["a": [1, nil]]
        var json: JSONValue = ["z": 1, "a": [2.0, nil]]
    }

    @Test func valuesComeBackAsTheyWere() throws {
        let whole = Whole()
        #expect(try BSONDecoder().decode(Whole.self, from: BSONEncoder().encode(whole)) == whole)
    }

    @Test func valuesTakeTheKindsThatBSONHas() throws {
        let document = try BSONEncoder().encode(Whole())
        #expect(document.keys.prefix(4) == ["_id", "text", "small", "large"])
        #expect(document["_id"]?.objectID != nil)
        #expect(document["small"] == .int32(-1))
        #expect(document["large"] == .int64(1 << 40))
        #expect(document["date"]?.date != nil)
        #expect(document["data"] == .binary(BSONBinary([1, 2, 3])))
        guard case .binary(let uuid) = document["uuid"] else { return #expect(Bool(false), "the UUID is no binary") }
        #expect(uuid.subtype == 4)
        #expect(document["none"] == nil)
        #expect(document["json"]?.document?.keys == ["z", "a"])
        #expect(document["json"]?["a"] == [2.0, nil])
    }

    @Test(
        arguments: [
            (["x": "one"], "x", "expected an integer (Int), found text \"one\""),
            (["x": 1.5], "x", "expected an integer (Int), found the number 1.5"), ([:], "x", "is missing"),
            (["x": nil], "x", "expected an integer (Int), found null"),
            (["x": 1, "y": true], "y", "expected a number, found true or false"),
        ] as [(BSONDocument, String, String)])
    func saysWhatDoesNotFitWhere(document: BSONDocument, path: String, message: String) throws {
        let error = #expect(throws: DecodingError.self) { try BSONDecoder().decode(Part.self, from: document) }
        #expect(error?.valuePath == path)
        #expect(error?.valueMessage == message)
    }

    @Test func anIntegralNumberOfAnyKindIsAnInteger() throws {
        for value: BSONValue in [.int32(7), .int64(7), .double(7)] {
            #expect(try BSONDecoder().decode(Part.self, from: ["x": value, "y": value]) == Part(x: 7, y: 7))
        }
    }

    @Test func refusesWhatBSONCannotHold() throws {
        struct Large: Encodable { var list = [1, UInt64.max] }
        let large = #expect(throws: EncodingError.self) { try BSONEncoder().encode(Large()) }
        #expect("\(large.map { "\($0)" } ?? "")".contains("list[1]"))
        #expect(throws: EncodingError.self) { try BSONEncoder().encode([1, 2]) }
        #expect(throws: EncodingError.self) { try BSONDocument(["n": .bigInteger("99999999999999999999")]) }
        struct Deep: Encodable {
            let depth: Int
            enum Key: CodingKey { case next }
            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: Key.self)
                if depth > 0 { try container.encode(Deep(depth: depth - 1), forKey: .next) }
            }
        }
        #expect(throws: EncodingError.self) { try BSONEncoder().encode(Deep(depth: 5_000)) }
    }
}
