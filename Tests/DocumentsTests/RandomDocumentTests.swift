import Documents
import Foundation
import TestSupport
import Testing

@Suite(.supervised) struct RandomDocumentTests {
    /// A document that the coders take apart at every level, as types would hold it.
    private indirect enum Taken: Codable, Equatable {
        case fields([String: Taken])
        case list([Taken])
        case other(BSONValue)

        init(from decoder: any Decoder) throws {
            let value = try BSONValue(from: decoder)
            self =
                switch value {
                case .document: .fields(try [String: Taken](from: decoder))
                case .array: .list(try [Taken](from: decoder))
                default: .other(value)
                }
        }

        func encode(to encoder: any Encoder) throws {
            switch self {
            case .fields(let fields): try fields.encode(to: encoder)
            case .list(let elements): try elements.encode(to: encoder)
            case .other(let value): try value.encode(to: encoder)
            }
        }
    }

    private struct Wrapper: Codable {
        var before = 1
        var document: BSONDocument
        var list: [BSONValue]
        var after: Int?
    }

    @Test func documentsComeBackAsTheyWere() throws {
        for seed in 0..<3_000 {
            var generator = DocumentGenerator(seed: seed)
            let document = generator.document(levels: 6)
            let wrapper = Wrapper(document: document, list: document.map(\.value))
            let encoded = try BSONEncoder().encode(wrapper)
            let decoded = try BSONDecoder().decode(Wrapper.self, from: encoded)
            #expect(decoded.document == document, "seed \(seed)")
            #expect(decoded.list == wrapper.list, "seed \(seed)")
            let taken = try BSONDecoder().decode(Taken.self, from: document)
            #expect(try BSONDecoder().decode(Taken.self, from: BSONEncoder().encode(taken)) == taken, "seed \(seed)")
            #expect(try BSONDocument(bsonBytes: encoded.bsonBytes) == encoded, "seed \(seed)")
        }
    }
}
