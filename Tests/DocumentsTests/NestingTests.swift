import Documents
import Foundation
import TestSupport
import Testing
import Values

@Suite(.supervised) struct NestingTests {
    private func document(levels: Int) -> BSONDocument {
        (1..<levels).reduce(BSONDocument()) { document, _ in ["next": .document(document)] }
    }

    private func json(levels: Int) -> JSONObject {
        (1..<levels).reduce(JSONObject()) { object, _ in ["next": .object(object)] }
    }

    @Test func aHundredLevelsAreTaken() throws {
        let deep = try BSONEncoder().encode(Nested(depth: 100))
        #expect(deep == document(levels: 100))
        #expect(try BSONDecoder().decode(Nested.self, from: deep).depth == 100)
        #expect(try BSONDocument(bsonBytes: deep.bsonBytes) == deep)
        #expect(try BSONEncoder().encode(["next": document(levels: 99)]) == deep)
        #expect(try BSONDocument(json(levels: 100)) == deep)
        #expect(deep.json == json(levels: 100))
        #expect(try BSONEncoder().encode(["next": [document(levels: 98)]]).count == 1)
    }

    @Test(arguments: [101, 5_000])
    func moreAreRefused(levels: Int) throws {
        let message = "more than 100 deep, which is MongoDB's limit"
        func check<Failure: Error>(_ type: Failure.Type, _ body: () throws -> some Any) {
            let error = #expect(throws: type) { _ = try body() }
            #expect("\(error.map { "\($0)" } ?? "")".contains(message))
        }
        check(EncodingError.self) { try BSONEncoder().encode(Nested(depth: levels)) }
        check(EncodingError.self) { try BSONEncoder().encode(document(levels: levels)) }
        check(EncodingError.self) { try BSONEncoder().encode(["next": document(levels: levels - 1)]) }
        check(EncodingError.self) { try BSONEncoder().encode(["next": [document(levels: levels - 2)]]) }
        check(EncodingError.self) { try BSONEncoder().encode(["next": json(levels: levels - 1)]) }
        check(EncodingError.self) { try BSONDocument(json(levels: levels)) }
        check(EncodingError.self) { try BSONValue(.object(json(levels: levels))) }
        check(DecodingError.self) { try BSONDecoder().decode(Nested.self, from: document(levels: levels)) }
        check(DecodingError.self) { try ValueDecoder().decode(BSONDocument.self, from: .object(json(levels: levels))) }
        #expect(throws: BSONBytesError.self) { try document(levels: levels).bsonBytes }
    }
}
